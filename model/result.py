"""What a run leaves behind: arrays, and frames made from them when somebody looks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.meso.account import ENTRIES
from model.observables.fortunes import MEASURES, WHO, Fortunes
from model.policy.chronicle import Entry
from model.policy.ledger import INSTRUMENT_NUMBERS
from model.record import ACCOUNT_SOURCES, MEMO_ITEMS, OBSERVABLES, OUTCOMES, Record
from model.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RunResult:
    """Everything recorded in a run.

    Attributes
    ----------
    scenario
        Resolved scenario.
    seed
        Seed of the run.
    seconds
        Time that the run took.
    record
        Arrays, one row a step.
    discovered
        Step of discovery of each domain, -1 if still latent, shape (domains,).
    domain_names
        Names of the domains.
    ledgers
        Entries of each policymaker's ledger by name, shape (steps + 1, instruments, 4).
    logs
        What each policymaker chose when, by name.
    accounts
        Kind of each meso-organisation that there was, and entries of its account, shape (steps + 1, 8).
    fortunes
        What became of every firm, if firms were followed.
    """

    scenario: Scenario
    seed: int
    seconds: float
    record: Record
    discovered: NDArray[np.int64]
    domain_names: tuple[str, ...]
    ledgers: dict[str, Floats]
    accounts: dict[int, tuple[str, Floats]] = field(default_factory=dict)
    logs: dict[str, list[Entry]] = field(default_factory=dict)
    fortunes: Fortunes | None = None

    def series(self) -> pd.DataFrame:
        """Observables over time.

        Returns
        -------
        pandas.DataFrame
            Columns ``step`` and one for every observable; one row a step, the start included.
        """
        import pandas as pd

        frame = pd.DataFrame(self.record.series, columns=list(OBSERVABLES))
        frame.insert(0, "step", np.arange(len(frame)))
        return frame

    def account(self) -> pd.DataFrame:
        """Growth account: what each source added in each step.

        Returns
        -------
        pandas.DataFrame
            Columns ``step``, ``source``, ``knowledge``, ``employment_weighted_knowledge``.
        """
        return _tidy(self.record.account, ACCOUNT_SOURCES, "source")

    def memo_items(self) -> pd.DataFrame:
        """Parts of the growth account that policy induced: not added to its sum.

        Returns
        -------
        pandas.DataFrame
            Columns ``step``, ``item``, ``knowledge``, ``employment_weighted_knowledge``.
        """
        return _tidy(self.record.memos, MEMO_ITEMS, "item")

    def ledger(self) -> pd.DataFrame:
        """What every policymaker was granted, spent and kept.

        Returns
        -------
        pandas.DataFrame
            Columns ``step``, ``policymaker``, ``instrument``, ``granted``, ``spent``, ``reserve``, ``units``.
        """
        import pandas as pd

        frames = []
        for name, entries in self.ledgers.items():
            steps, instruments, _ = entries.shape
            frame = pd.DataFrame(entries.reshape(-1, 4), columns=["granted", "spent", "reserve", "units"])
            frame.insert(0, "step", np.repeat(np.arange(steps), instruments))
            frame.insert(1, "policymaker", name)
            frame.insert(2, "instrument", list(INSTRUMENT_NUMBERS) * steps)
            frames.append(frame[frame["step"] > 0])
        return pd.concat(frames, ignore_index=True)

    def priorities(self) -> pd.DataFrame:
        """What every policymaker tried, supported, kept and stopped.

        Returns
        -------
        pandas.DataFrame
            Columns ``policymaker`` and those of :class:`model.policy.chronicle.Entry`, one row an event.
        """
        import pandas as pd

        rows = [(name, *entry) for name, log in self.logs.items() for entry in log]
        return pd.DataFrame(rows, columns=["policymaker", *Entry._fields])

    def firms(self) -> pd.DataFrame:
        """What became of every firm, if firms were followed.

        Returns
        -------
        pandas.DataFrame
            One row a firm: those of :data:`model.observables.fortunes.WHO`, ``sector_name``, ``support`` (money spent
            on it), and of each of ``knowledge``, ``jobs`` and ``output`` the value at the start (``jobs_start``), at
            the end (``jobs_end``) and on average over the steps (``jobs_average``), 0 while a firm does not exist.
        """
        import pandas as pd

        found = self.fortunes or Fortunes(
            np.zeros((0, len(WHO)), np.int64), np.zeros((0, len(MEASURES), 3)), np.zeros(0)
        )
        frame = pd.DataFrame(found.who, columns=list(WHO))
        names = self.scenario.knowledge_space.all_sector_names
        frame["sector_name"] = [names[number] for number in frame["sector"]]
        frame["support"] = found.support
        for place, measure in enumerate(MEASURES):
            for when, name in enumerate(("start", "end", "average")):
                frame[f"{measure}_{name}"] = found.amounts[:, place, when]
        return frame

    def organisations(self) -> pd.DataFrame:
        """What every meso-organisation received, spent and kept, and whom it served.

        Returns
        -------
        pandas.DataFrame
            Columns ``step``, ``organisation`` (persistent id), ``kind`` and those of
            :data:`model.meso.account.ENTRIES`; one row for each step in which it existed.
        """
        import pandas as pd

        frames = []
        for identity, (kind, entries) in self.accounts.items():
            frame = pd.DataFrame(entries, columns=list(ENTRIES))
            frame.insert(0, "step", np.arange(len(frame)))
            frame.insert(1, "organisation", identity)
            frame.insert(2, "kind", kind)
            # Standing is above zero while an organisation exists.
            frames.append(frame[frame["standing"] > 0])
        empty = pd.DataFrame(columns=["step", "organisation", "kind", *ENTRIES])
        return pd.concat(frames, ignore_index=True) if frames else empty

    def domains(self) -> pd.DataFrame:
        """Every domain over time.

        Returns
        -------
        pandas.DataFrame
            Columns ``step``, ``domain``, ``name``, ``knowledge``, ``holders``, ``discovered``, ``demand``,
            ``potential``.
        """
        import pandas as pd

        record = self.record
        steps, domains = record.domain_knowledge.shape
        step = np.repeat(np.arange(steps), domains)
        found = np.tile(self.discovered, steps)
        return pd.DataFrame(
            {
                "step": step,
                "domain": np.tile(np.arange(domains), steps),
                "name": list(self.domain_names) * steps,
                "knowledge": record.domain_knowledge.ravel(),
                "holders": record.domain_holders.ravel(),
                "discovered": (found >= 0) & (found <= step),
                "demand": record.domain_demand.ravel(),
                "potential": record.domain_potential.ravel(),
            }
        )

    @property
    def outcomes(self) -> dict[str, float]:
        """Every outcome at the end of the run, the primary one first."""
        names = list(OBSERVABLES)
        last = self.record.series[-1]
        return {name: float(last[names.index(name)]) for name in OUTCOMES}


def _tidy(values: Floats, names: tuple[str, ...], label: str) -> pd.DataFrame:
    import pandas as pd

    steps, count, _ = values.shape
    columns: dict[str, Any] = {
        "step": np.repeat(np.arange(steps), count),
        label: list(names) * steps,
        "knowledge": values[:, :, 0].ravel(),
        "employment_weighted_knowledge": values[:, :, 1].ravel(),
    }
    frame = pd.DataFrame(columns)
    return frame[frame["step"] > 0].reset_index(drop=True)
