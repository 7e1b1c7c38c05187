"""Whole records of runs as bytes and back: arrays and JSON, nothing that could run code when it is read."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np

from model.observables.fortunes import Fortunes
from model.policy.chronicle import Entry
from model.record import Record
from model.result import RunResult
from model.scenario import Scenario

ABOUT, DISCOVERED = "about", "discovered"
RECORD, LEDGER, ACCOUNT, FORTUNES = "record", "ledger", "account", "fortunes"


def pack(result: RunResult) -> bytes:
    """Write everything that was recorded in a run, but for its scenario and seed, which name it.

    Parameters
    ----------
    result
        The run.

    Returns
    -------
    bytes
        An archive of arrays as NumPy writes it.
    """
    about = {
        "seconds": result.seconds,
        "domain_names": result.domain_names,
        "ledgers": list(result.ledgers),
        "accounts": [[identity, kind] for identity, (kind, _) in result.accounts.items()],
        "logs": result.logs,
    }
    arrays: dict[str, Any] = {
        ABOUT: np.frombuffer(json.dumps(about).encode(), np.uint8),
        DISCOVERED: result.discovered,
        **{f"{RECORD}.{name}": values for name, values in vars(result.record).items()},
        **{f"{LEDGER}.{place}": entries for place, entries in enumerate(result.ledgers.values())},
        **{f"{ACCOUNT}.{place}": entries for place, (_, entries) in enumerate(result.accounts.values())},
    }
    if result.fortunes is not None:
        arrays |= {f"{FORTUNES}.{name}": values for name, values in result.fortunes._asdict().items()}
    archive = io.BytesIO()
    np.savez(archive, **arrays)
    return archive.getvalue()


def unpack(packed: bytes, scenario: Scenario, seed: int) -> RunResult:
    """Read what `pack` wrote.

    Parameters
    ----------
    packed
        What it wrote.
    scenario, seed
        What was run.

    Returns
    -------
    RunResult
        The run, to the bit.
    """
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        about = json.loads(arrays[ABOUT].tobytes())
        record = Record.__new__(Record)
        for key in arrays.files:
            kind, _, name = key.partition(".")
            if kind == RECORD:
                setattr(record, name, arrays[key])
        fortunes = {
            name: arrays[f"{FORTUNES}.{name}"] for name in Fortunes._fields if f"{FORTUNES}.{name}" in arrays
        }
        return RunResult(
            scenario=scenario,
            seed=seed,
            seconds=about["seconds"],
            record=record,
            discovered=arrays[DISCOVERED],
            domain_names=tuple(about["domain_names"]),
            ledgers={name: arrays[f"{LEDGER}.{place}"] for place, name in enumerate(about["ledgers"])},
            accounts={
                identity: (kind, arrays[f"{ACCOUNT}.{place}"])
                for place, (identity, kind) in enumerate(about["accounts"])
            },
            logs={name: [Entry(*line) for line in log] for name, log in about["logs"].items()},
            fortunes=Fortunes(**fortunes) if fortunes else None,
        )
