"""Findings of a question to a sweep: how much was looked at, what is missing, how much of it is luck."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from analysis.statistics.responses import ENOUGH_SEEDS, seeds_for_noise
from analysis.studies.study import Findings
from analysis.words.document import Words, count, counted, share, words
from analysis.words.names import NOBODY, readable, regime
from model.record import OBSERVABLES

NOT_DRAWN = ("grid", "one_at_a_time", "points")
MUCH_NOISE = 0.1
"""Share of the variance between points from which seed noise is warned of."""


class Warned(NamedTuple):
    """A warning, and the number of seeds or samples that would do about it."""

    told: Words
    seeds: int = 0
    samples: int = 0


@dataclass(frozen=True, kw_only=True)
class FindingsOfSweep(Findings):
    """Findings of a question to a sweep; the manifest says what was asked of which runs."""

    @property
    def complete(self) -> bool:
        """A question is answered as a whole, from as much of the sweep as there is."""
        return True

    @property
    def seeds(self) -> int:
        """Seeds that every point has."""
        return min(len(sample["seeds"]) for sample in self.manifest["samples"])

    @property
    def points(self) -> int:
        """Points that were looked at."""
        return sum(int(sample["points"]) for sample in self.manifest["samples"])

    @property
    def failed(self) -> list[dict[str, Any]]:
        """No runs were made, so none failed."""
        return []

    @property
    def several(self) -> bool:
        """Whether the sweep has several scenarios."""
        return len(self.manifest["samples"]) > 1

    @property
    def baseline(self) -> str:
        """Regime that leads are over."""
        return str(self.manifest["baseline"])

    @property
    def leads(self) -> bool:
        """Whether leads are looked at, and not levels."""
        return bool(self.manifest["of"] == "lead")

    @property
    def label(self) -> str:
        """What is looked at, for figures."""
        label = OBSERVABLES[self.manifest["outcome"]].label
        return f"Lead over {self.baseline} in {label.lower()}" if self.leads else label

    @property
    def unit(self) -> str:
        """Unit of what is looked at."""
        of_level = OBSERVABLES[self.manifest["outcome"]].unit
        return f"% of the mean of {self.baseline}" if self.leads else of_level

    def size(self) -> str:
        """Say how much was looked at."""
        told = self.manifest
        factors = len(told["factors"])
        where = (
            f"{self.points:,} points ({readable(told['design']['kind'])}) of {factors} factors, {self.seeds} seeds"
            if factors
            else f"{self.seeds:,} seeds at one point"
        )
        return f"{self.label} ({told['outcome']}), {where}"

    def described(self) -> dict[str, Any]:
        """Describe what was asked of which sweep."""
        told = self.manifest
        return {
            "sweep": told["sweep"]["folder"], "outcome": told["outcome"],
            "label": OBSERVABLES[told["outcome"]].label, "of": told["of"], "baseline": self.baseline,
            **{name: told[name] for name in told["asked"]},
        }  # fmt: skip

    def asked(self) -> tuple[Words, ...]:
        """Say what was asked of how many simulated regions."""
        label = OBSERVABLES[self.manifest["outcome"]].label.lower()
        what = f"the lead over {regime(self.baseline)} in {label}" if self.leads else label
        return (
            words(
                f"{self.subtitle}? Looked at is {what}, in ",
                *counted(
                    self.points, "samples/points", "combination of conditions", "combinations of conditions"
                ),
                ", each with the same ",
                *counted(self.seeds, "samples/seeds", "simulated region"),
                ".",
            ),
        )

    def what(self, name: str) -> str:
        """Name what is looked at under a regime, for a sentence."""
        label = OBSERVABLES[self.manifest["outcome"]].label.lower()
        if not self.leads:
            return f"{label} under {regime(name)}"
        over = "" if self.baseline == NOBODY else f" over {regime(self.baseline)}"
        return f"what {regime(name)} adds to {label}{over}"

    def where(self, scenario: object) -> str:
        """Name a scenario behind what is said of it, if there are several."""
        return f" in {readable(str(scenario))}" if self.several else ""

    def by_scenario(self, name: str) -> Iterator[tuple[str, pd.DataFrame]]:
        """Split a table by scenario, and say what to add to the names of figures if there are several."""
        table = self.tables[name]
        if not self.several:
            yield "", table
            return
        for scenario, rows in table.groupby("scenario", sort=False):
            yield f"-{scenario}", rows

    @abstractmethod
    def warned(self) -> Iterator[Warned]:
        """Warn of what of the answer is not to be trusted."""

    def warnings(self) -> tuple[Words, ...]:
        """Say what of it is not to be trusted."""
        return tuple(each.told for each in self._warned())

    def advice(self) -> tuple[Words, ...]:
        """Say what to type to have what is missing, and the seeds and samples that would do."""
        folder, warned = self.manifest["sweep"]["folder"], self._warned()
        told = []
        samples = self.manifest["samples"]
        if any(sample["left_out_seeds"] or sample["left_out_missing"] for sample in samples):
            told.append(f"What is missing is made by: run.py resume {folder}")
        if any(sample["left_out_failed"] for sample in samples):
            told.append(f"What failed is tried again by: run.py resume {folder} --retry-failed")
        for what in ("samples", "seeds"):
            number = max((getattr(each, what) for each in warned), default=0)
            if number:
                told.append(again(self.manifest["design"]["kind"], what, number))
        return tuple(map(words, told))

    def _warned(self) -> tuple[Warned, ...]:
        return (*about_samples(self.manifest["samples"]), *self.warned())


def again(kind: str, what: str, number: int) -> str:
    """Say how to have more seeds or samples in a sweep, and what of it then need not be made again."""
    if what == "samples" and kind in NOT_DRAWN:
        more = "points in its CSV file" if kind == "points" else "values for each factor"
        return f"To have {number} points, give more {more}."
    kept = "its points will all be new ones" if what == "samples" and kind != "sobol" else "runs are kept"
    return (
        f"To have {number} {what}, write {what} = {number} into its file (or give run.py sweep --{what} {number}) "
        f"and make the sweep again with --update; {kept}."
    )


def about_samples(samples: list[Mapping[str, Any]]) -> Iterator[Warned]:
    """Warn of points and seeds that had to be left out, and of a single seed."""
    for sample in samples:
        name = str(sample["scenario"])
        where = f" of {readable(name)}" if len(samples) > 1 else ""
        seeds, planned = sample["left_out_seeds"], count(sample["of_points"], f"samples/{name}/of_points")
        if seeds:
            left = count(len(seeds), f"samples/{name}/left_out_seeds")
            total = count(len(seeds) + len(sample["seeds"]), f"samples/{name}/all_seeds")
            end = f" seeds{where} are not finished at every point and are left out."
            yield Warned(words(left, " of ", total, end))
        if sample["left_out_missing"]:
            left = count(len(sample["left_out_missing"]), f"samples/{name}/left_out_missing")
            yield Warned(words(left, " of ", planned, f" points{where} are not run yet and are left out."))
        if sample["left_out_failed"]:
            left = count(len(sample["left_out_failed"]), f"samples/{name}/left_out_failed")
            runs = counted(sample["runs_failed"], f"samples/{name}/runs_failed", "run")
            yield Warned(
                words(left, " of ", planned, f" points{where} are left out, because ", *runs, " failed.")
            )
    if min(len(sample["seeds"]) for sample in samples) < ENOUGH_SEEDS:
        told = "There is one seed only: how much of the differences is luck cannot be told. Two would do."
        yield Warned(words(told), seeds=4)


def about_noise(noisy: Mapping[str, float], seeds: int) -> Iterator[Warned]:
    """Warn where differences between points are seed noise for a good part: shares of it by what is noisy."""
    noisy = {name: each for name, each in noisy.items() if each > MUCH_NOISE}
    if not noisy:
        return
    name, most = max(noisy.items(), key=lambda entry: entry[1])
    many = counted(seeds, "samples/seeds", "seed")
    if most >= 1:
        told = words("With ", *many, f", all that points differ by under {name} may be luck.")
        yield Warned(told, seeds=4 * seeds)
        return
    wanted = seeds_for_noise(seeds, most, MUCH_NOISE)
    yield Warned(
        words(
            share(most, f"indices/{name}/noise_share"),
            f" of the variance between points under {name} is luck of ",
            *many,
            "; about ",
            count(wanted, "advised/seeds"),
            " seeds would bring it to ",
            share(MUCH_NOISE, "advised/noise_share"),
            ".",
        ),
        seeds=wanted,
    )
