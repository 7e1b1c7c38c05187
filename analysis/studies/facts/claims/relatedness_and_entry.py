"""Relatedness density and entry into, and exit from, domains: firms and region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.statistics.estimators.regression import coefficients
from analysis.studies.facts.claims.common import standardised
from analysis.studies.facts.fact import Claim, Fact, Runs
from analysis.studies.facts.treatments import NO_POLICY
from analysis.studies.facts.watchers.firms import zero_diagonal_density
from analysis.studies.facts.watchers.watcher import Array, Floats, Table
from model.space import build_space
from model.streams import Streams

WINDOW = 8
"""Quarters between holding or not holding a domain and what became of it."""


def moves(panel: Table, held_level: float, window: int = WINDOW) -> Table:
    """Pairs of firm and domain at one wave, and whether the firm holds the domain a window later.

    Parameters
    ----------
    panel
        Table of :class:`analysis.studies.facts.watchers.firms.FirmPanel`.
    held_level
        Share of the frontier from which a domain counts as held.
    window
        Quarters; firms that do not live that long are left out.

    Returns
    -------
    dict
        ``firm_wave``, ``domain``, ``density``, ``before``, ``after``: one row for every pair.
    """
    steps = np.unique(panel["step"])
    parts = []
    for step in steps[::2]:
        now, later = (np.flatnonzero(panel["step"] == when) for when in (step, step + window))
        shared, first, second = np.intersect1d(panel["id"][now], panel["id"][later], return_indices=True)
        now, later = now[first], later[second]
        strength = panel["strength"]
        domains = strength.shape[1]
        parts.append(
            {
                "firm_wave": np.repeat(shared * 10_000 + step, domains),
                "domain": np.tile(np.arange(domains), len(shared)),
                "density": panel["density"][now].ravel(),
                "before": (strength[now] >= held_level).ravel(),
                "after": (strength[later] >= held_level).ravel(),
            }
        )
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _firm_level(panel: Table, held_level: float) -> dict[str, float]:
    pairs = moves(panel, held_level)
    effects = {}
    for name, chosen, happened in (
        ("firm_entry", ~pairs["before"], pairs["after"]),
        ("firm_exit", pairs["before"], ~pairs["after"]),
    ):
        groups = (pairs["firm_wave"][chosen], pairs["domain"][chosen])
        density = standardised(pairs["density"][chosen])
        effects[name] = float(coefficients(happened[chosen].astype(np.float64), [density], groups)[0])
    return effects


def _collect(runs: Runs) -> Any:
    """Effects among firms, and what the region knows in each domain at each wave."""
    run = runs[NO_POLICY.name]
    waves = np.arange(WINDOW, run.scenario.steps + 1, WINDOW)
    space = build_space(run.scenario.knowledge_space, Streams(run.seed))
    return {
        "firms": _firm_level(run.tables["firms"], run.scenario.recombination.held_level),
        "knowledge": run.record.domain_knowledge[waves],
        "relatedness": space.relatedness,
    }


def _prepare(material: Sequence[Any]) -> list[Any]:
    """Say in what each region is specialised among all of them, and how near its domains are to that."""
    knowledge = np.stack([each["knowledge"] for each in material])
    specialised, density = specialisation(knowledge, np.stack([each["relatedness"] for each in material]))
    return [
        {"firms": each["firms"], "specialised": own, "density": near}
        for each, own, near in zip(material, specialised, density, strict=True)
    ]


def _pool(material: Sequence[Any]) -> Mapping[str, float]:
    firms = {
        name: float(np.nanmean([each["firms"][name] for each in material]))
        for name in ("firm_entry", "firm_exit")
    }
    specialised = np.stack([each["specialised"] for each in material])
    return firms | region_level(specialised, np.stack([each["density"] for each in material]))


def specialisation(knowledge: Floats, relatedness: Floats) -> tuple[NDArray[np.bool_], Floats]:
    """Domains in which regions are specialised, and the zero-diagonal density of these.

    A region is specialised where its share in a domain exceeds that of all regions (location quotient
    above 1).

    Parameters
    ----------
    knowledge
        Shape (regions, waves, domains).
    relatedness
        phi of each region, shape (regions, domains, domains).
    """
    specialised = location_quotients(knowledge) > 1
    density = np.stack(
        [
            zero_diagonal_density(own.astype(np.float64), phi)
            for own, phi in zip(specialised, relatedness, strict=True)
        ]
    )
    return specialised, density


def region_level(specialised: NDArray[np.bool_], density: Floats) -> dict[str, float]:
    """Linear probability of a region's specialising in a domain, and of its ceasing to.

    Fixed effects of region, domain and wave, as in Boschma et al. (2015).

    Parameters
    ----------
    specialised, density
        What :func:`specialisation` gives, shape (regions, waves, domains).
    """
    before, after, near = specialised[:, :-1], specialised[:, 1:], density[:, :-1]
    region, wave, domain = (np.asarray(index) for index in np.indices(before.shape))
    effects = {}
    for name, chosen, happened in (("region_entry", ~before, after), ("region_exit", before, ~after)):
        groups: tuple[Array, ...] = (region[chosen], domain[chosen], wave[chosen])
        outcome = happened[chosen].astype(np.float64)
        effects[name] = float(coefficients(outcome, [standardised(near[chosen])], groups)[0])
    return effects


def location_quotients(knowledge: Floats) -> Floats:
    """Share of a domain in each region over its share in all, wave by wave; 0 where nobody has it."""
    own = knowledge / np.maximum(knowledge.sum(axis=2, keepdims=True), 1e-300)
    everywhere = knowledge.sum(axis=0, keepdims=True)
    common = everywhere / np.maximum(everywhere.sum(axis=2, keepdims=True), 1e-300)
    quotients: Floats = np.divide(own, common, out=np.zeros_like(own), where=common > 0)
    return quotients


def picture(seeds: Sequence[Runs]) -> pd.DataFrame:
    """Share of domains that firms enter and leave in a window, by fifth of density.

    Parameters
    ----------
    seeds
        Runs of each seed.

    Returns
    -------
    pandas.DataFrame
        ``event``, ``fifth``, ``density``, ``share``, ``observations``.
    """
    runs = [each[NO_POLICY.name] for each in seeds]
    tables = [moves(run.tables["firms"], run.scenario.recombination.held_level) for run in runs]
    pooled = {name: np.concatenate([each[name] for each in tables]) for name in tables[0]}
    rows = []
    for event, chosen, happened in (
        ("entry", ~pooled["before"], pooled["after"]),
        ("exit", pooled["before"], ~pooled["after"]),
    ):
        density, outcome = pooled["density"][chosen], happened[chosen]
        fifths = np.digitize(density, np.quantile(density, (0.2, 0.4, 0.6, 0.8)))
        for fifth in range(5):
            inside = fifths == fifth
            rows.append(
                (
                    event, fifth + 1, float(density[inside].mean()), float(outcome[inside].mean()),
                    int(inside.sum()),
                )
            )  # fmt: skip
    return pd.DataFrame(rows, columns=["event", "fifth", "density", "share", "observations"])


_UNIT = "probability per standard deviation"

FACT = Fact(
    number=4,
    name="relatedness_and_entry",
    statement="Relatedness density predicts entry into a domain and lowers exit, for firms and for regions.",
    source="Boschma et al. 2015; Hidalgo et al. 2007",
    claims=(
        Claim(
            "firm_entry",
            "Linear probability that a firm holds a domain 8 quarters later that it did not hold, on zero-diagonal "
            "density; fixed effects of firm x wave and of domain",
            _UNIT,
            construction="reach r_max A (eps + omega) and research gains ~ sqrt(omega) rise with density",
        ),
        Claim(
            "firm_exit",
            "The same for no longer holding a domain that it held",
            _UNIT,
            "below",
        ),
        Claim(
            "region_entry",
            "Linear probability that a region becomes specialised in a domain within 8 quarters, on zero-diagonal "
            "density of its specialisations; every seed a region; fixed effects of region, domain and wave",
            _UNIT,
        ),
        Claim(
            "region_exit",
            "The same for ceasing to be specialised",
            _UNIT,
            "below",
        ),
    ),
    treatments=(NO_POLICY,),
    collect=_collect,
    prepare=_prepare,
    pool=_pool,
    picture=picture,
)
