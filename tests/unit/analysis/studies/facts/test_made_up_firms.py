"""Facts about firms, ties and domains are found where they are true and not where they are false."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from analysis.studies.facts.claims import (
    inverted_u,
    leaps_and_unfamiliar_combinations,
    networked_recombination,
    networks_that_do_not_recombine,
    poorly_connected_firms,
    relatedness_and_entry,
    size_and_degree,
    small_worlds,
)
from analysis.studies.facts.watchers.watcher import Table
from tests.unit.analysis.studies.facts.made_up import a_run, verdict_on

SEEDS = 6


def lessons(seed: int, *, hump: bool) -> Table:
    luck = np.random.default_rng(seed)
    count = 4000
    distance, capacity, openness = luck.uniform(size=(3, count))
    top = 0.3 + 0.3 * capacity
    shape = 1 - (distance - top) ** 2 if hump else distance
    learned = shape + 0.1 * luck.normal(size=count)
    return {
        "step": np.repeat([4, 8], count // 2), "degree": luck.integers(1, 4, count), "distance": distance,
        "absorptive_capacity": capacity, "openness": openness, "absorbed": learned,
        "learned": learned + (0.2 * openness if hump else 0.0),
    }  # fmt: skip


@pytest.mark.parametrize("hump", [True, False])
def test_inverted_u(*, hump: bool) -> None:
    runs = [{"random_partners": a_run(tables={"lessons": lessons(s, hump=hump)})} for s in range(SEEDS)]
    judged, claims = verdict_on(inverted_u.FACT, runs)
    assert judged == ("holds" if hump else "partly")
    assert set(claims.values()) == {True} if hump else not claims["falls_when_far"]


def tries(seed: int, *, partners: float, familiar: float = 0.0) -> Table:
    luck = np.random.default_rng(seed)
    count = 3000
    networked = luck.uniform(size=count) < 0.5
    familiarity = luck.uniform(0.05, 0.9, count)
    spread = 1.0 if familiar > 0 else 0.0
    gain = 1 + 0.1 * luck.normal(size=count) + partners * networked
    gain += familiar * familiarity + spread * (1 - familiarity) * luck.normal(size=count)
    return {
        "networked": networked, "cross_sector": networked & (luck.uniform(size=count) < 0.5),
        "gain": gain, "partner_gain": np.where(networked, partners, 0.0), "familiarity": familiarity,
    }  # fmt: skip


@pytest.mark.parametrize(("partners", "wanted"), [(0.5, "holds"), (-0.5, "does not hold")])
def test_networked_recombination(partners: float, wanted: str) -> None:
    runs = [
        {"no_policy": a_run(tables={"recombinations": tries(s, partners=partners)})} for s in range(SEEDS)
    ]
    assert verdict_on(networked_recombination.FACT, runs)[0] == wanted


def panel(seed: int, *, related: float, ties_help: float = 0.0) -> Table:
    """A panel in which domains come and go with density (or not) and knowledge with ties (or not)."""
    luck = np.random.default_rng(seed)
    firms, domains = 60, 12
    density = luck.uniform(size=(firms, domains))
    held = luck.uniform(size=(firms, domains)) < 0.5
    degree = luck.integers(0, 9, firms)
    focus = luck.integers(0, domains, firms)
    total = np.full(firms, 5.0)
    waves = []
    for step in range(4, 81, 4):
        chance = np.where(held, 0.4 - related * (density - 0.5), 0.4 + related * (density - 0.5))
        held ^= luck.uniform(size=held.shape) < chance
        total += 1.0 + ties_help * degree + 0.2 * luck.normal(size=firms)
        focus = np.where(luck.uniform(size=firms) < 0.5, luck.integers(0, domains, firms), focus)
        density = luck.uniform(size=(firms, domains))
        waves.append(
            {
                "step": np.full(firms, step), "id": np.arange(firms), "sector": np.arange(firms) % 3,
                "size": np.exp(luck.normal(3, 1, firms)), "age": np.arange(firms) + step,
                "degree": degree, "absorptive_capacity": luck.uniform(size=firms),
                "knowledge": total[:, None] * np.ones((1, domains)) / domains,
                "strength": held * 0.5, "focus": focus, "density": density,
            }
        )  # fmt: skip
    return {name: np.concatenate([wave[name] for wave in waves]) for name in waves[0]}


@pytest.mark.parametrize("related", [0.6, 0.0])
def test_density_and_entry_of_firms(related: float) -> None:
    # In the panel a domain's fate between two waves depends on density; moves looks at two of them.
    effects = []
    for seed in range(SEEDS):
        pairs = relatedness_and_entry.moves(panel(seed, related=related), 0.1, window=4)
        density, after, before = pairs["density"], pairs["after"], pairs["before"]
        entered = np.corrcoef(density[~before], after[~before])[0, 1]
        stayed = np.corrcoef(density[before], after[before])[0, 1]
        effects.append((entered, stayed))
    means = np.mean(effects, axis=0)
    assert (means > 0.2).all() if related else (np.abs(means) < 0.05).all()


def test_moves_are_of_firms_that_live_on() -> None:
    table = panel(1, related=0.0)
    kept = (table["id"] != 7) | (table["step"] < 40)
    pairs = relatedness_and_entry.moves({name: column[kept] for name, column in table.items()}, 0.1)
    firm, wave = pairs["firm_wave"] // 10_000, pairs["firm_wave"] % 10_000
    assert wave[firm == 7].max() == 28
    assert wave[firm == 8].max() == 68


@pytest.mark.parametrize("related", [True, False])
def test_density_and_entry_of_regions(*, related: bool) -> None:
    luck = np.random.default_rng(3)
    regions, waves, domains = 30, 8, 20
    block = np.arange(domains) // 5
    phi = np.where(block[:, None] == block[None, :], 0.8, 0.05)
    np.fill_diagonal(phi, 1.0)
    knowledge = np.zeros((regions, waves, domains))
    knowledge[:, 0] = luck.uniform(size=(regions, domains))
    for wave in range(1, waves):
        former = knowledge[:, wave - 1]
        pull = former @ (phi - np.eye(domains)) / (phi - np.eye(domains)).sum(axis=0)
        base = 0.2 * former + (2 * pull if related else 0)
        knowledge[:, wave] = np.maximum(0.01, base + 0.3 * luck.uniform(size=former.shape))
    effects = relatedness_and_entry.region_level(
        *relatedness_and_entry.specialisation(knowledge, np.stack([phi] * regions))
    )
    if related:
        assert effects["region_entry"] > 0.1
        assert effects["region_exit"] < -0.1
    else:
        assert abs(effects["region_entry"]) < 0.1


@pytest.mark.parametrize(("ties_help", "wanted"), [(0.5, "by construction"), (-0.1, "does not hold")])
def test_poorly_connected_firms(ties_help: float, wanted: str) -> None:
    runs = [
        {"no_policy": a_run(tables={"firms": panel(s, related=0.0, ties_help=ties_help)})}
        for s in range(SEEDS)
    ]
    assert verdict_on(poorly_connected_firms.FACT, runs)[0] == wanted


@pytest.mark.parametrize(("familiar", "holds"), [(1.0, True), (-1.0, False)])
def test_unfamiliar_combinations(familiar: float, *, holds: bool) -> None:
    runs = [
        {
            "no_policy": a_run(
                tables={
                    "recombinations": tries(s, partners=0, familiar=familiar),
                    "firms": panel(s, related=0),
                }
            )
        }
        for s in range(SEEDS)
    ]
    _, claims = verdict_on(leaps_and_unfamiliar_combinations.FACT, runs)
    assert claims["unfamiliar_lower_mean"] == claims["unrelated_lower_mean"] == holds
    assert claims["unfamiliar_higher_variance"] == claims["unrelated_higher_variance"] == holds


@pytest.mark.parametrize("related", [True, False])
def test_leaps(*, related: bool) -> None:
    table = panel(5, related=0.0)
    rows = np.arange(len(table["focus"]))
    later = {(i, s): n for n, (i, s) in enumerate(zip(table["id"], table["step"], strict=True))}
    luck = np.random.default_rng(1)
    for n in rows:
        # What a firm turns to it does not hold; whether it holds it later depends on density, or on luck.
        table["strength"][n, table["focus"][n]] = 0.0
    for n in rows:
        then = later.get((table["id"][n], table["step"][n] + 8))
        if then is not None and table["focus"][then] != table["focus"][n]:
            density = table["density"][n, table["focus"][n]] if related else 0.5
            table["strength"][then, table["focus"][n]] = 0.5 * (luck.uniform() < density)
    effect = leaps_and_unfamiliar_combinations.leaps(table, 0.1)
    assert effect < -0.1 if related else abs(effect) < 0.06


def ties(seed: int, *, idle_end: float, incumbents: int = 2) -> Table:
    """Ties that last all quarters, of which idle ones end at step 40 with some probability."""
    luck = np.random.default_rng(seed)
    count = 400
    first, second = np.arange(count), count + np.arange(count)
    idle = luck.uniform(size=count) < 0.5
    gone = luck.uniform(size=count) < np.where(idle, idle_end, 0.3)
    parts = []
    for step in range(1, 57):
        here = ~gone | (step <= 40)
        # Firms live on: each also has a tie that is too young to count.
        parts.append(
            {
                "step": np.full(here.sum() + count, step),
                "first": np.concatenate([first[here], first]),
                "second": np.concatenate([second[here], second + count]),
                "age": np.concatenate([np.full(here.sum(), step + 8), np.zeros(count, int)]),
                "successes": np.concatenate([np.where(idle, 0, step)[here], np.zeros(count, int)]),
                "incumbents": np.full(here.sum() + count, incumbents),
            }
        )
        parts.append(
            {
                "step": np.full(count, step), "first": second, "second": second + 2 * count,
                "age": np.zeros(count, int), "successes": np.zeros(count, int),
                "incumbents": np.full(count, incumbents),
            }
        )  # fmt: skip
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


@pytest.mark.parametrize(
    ("idle_end", "left", "wanted"), [(0.9, 10.0, "holds"), (0.3, 130.0, "does not hold")]
)
def test_networks_that_do_not_recombine(idle_end: float, left: float, wanted: str) -> None:
    runs: list[dict[str, Any]] = [
        {
            "no_policy": a_run(tables={"ties": ties(s, idle_end=idle_end)}, series={"ties": 120.0}),
            "no_networked_recombination": a_run(series={"ties": np.linspace(120 + s, left + s, 81)}),
        }
        for s in range(SEEDS)
    ]
    assert verdict_on(networks_that_do_not_recombine.FACT, runs)[0] == wanted


@pytest.mark.parametrize("true", [True, False])
def test_size_and_degree(*, true: bool) -> None:
    runs = []
    for seed in range(SEEDS):
        luck = np.random.default_rng(seed)
        firms = 800
        start = 3 * luck.uniform(size=firms) ** (-1 / 1.1) if true else luck.uniform(10, 20, firms)
        shock = luck.laplace if true else luck.normal
        size, waves = start, []
        for step in range(20, 81, 4):
            size = start * np.exp(0.05 * start ** (-0.2 if true else 0.2) * shock(size=firms))
            degree = luck.poisson(1.0, firms) if true else 8 - luck.poisson(1.0, firms)
            waves.append(
                {
                    "step": np.full(firms, step), "id": np.arange(firms), "size": size, "degree": degree,
                    "age": np.full(firms, step),
                }
            )  # fmt: skip
        firms_table = {name: np.concatenate([wave[name] for wave in waves]) for name in waves[0]}
        network = ties(seed, idle_end=0.3, incumbents=2 if true else 1)
        runs.append(
            {
                "many_firms": a_run(tables={"firms": firms_table}),
                "no_policy": a_run(tables={"ties": network, "firms": firms_table}),
            }
        )
    assert verdict_on(size_and_degree.FACT, runs)[0] == ("holds" if true else "does not hold")


def test_firms_of_one_employee_do_not_grow() -> None:
    table = {
        "step": np.repeat([20, 24], 3), "id": np.tile([1, 2, 3], 2), "size": np.array([1.0, 4, 4, 2, 8, 2]),
    }  # fmt: skip
    size, growth = size_and_degree.yearly_growth(table)
    assert size.tolist() == [4, 4]
    assert growth == pytest.approx(np.log([2, 0.5]))


@pytest.mark.parametrize("near", [True, False])
def test_small_worlds(*, near: bool) -> None:
    runs = []
    for seed in range(3):
        luck = np.random.default_rng(seed)
        nodes = np.arange(150)
        pairs = {
            (int(n), int((n + k) % 150) if near and luck.uniform() > 0.1 else int(luck.integers(150)))
            for n in nodes
            for k in (1, 2, 3)
        }
        table = {
            "step": np.zeros(len(pairs), int), "first": np.array([a for a, _ in pairs]),
            "second": np.array([b for _, b in pairs]),
        }  # fmt: skip
        kept = table["first"] != table["second"]
        run = a_run(seed, tables={"ties": {name: column[kept] for name, column in table.items()}})
        runs.append({"no_policy": run, "no_friends_of_friends": run})
    _, claims = verdict_on(small_worlds.FACT, runs)
    assert claims["clustered"] == near
