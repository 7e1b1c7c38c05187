"""What was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from model.spec.problem import nearest

ALSO_CALLED = MappingProxyType({
    "s3": "smart_specialisation", "ris3": "smart_specialisation", "s4": "smart_specialisation",
    "smart_specialization": "smart_specialisation", "smart": "smart_specialisation",
    "baseline": "none", "no_policy": "none", "nothing": "none", "no": "none", "status_quo": "none",
    "random": "lottery", "chance": "lottery", "lot": "lottery", "industrial_policy": "sector", "top_down": "sector",
    "bottom_up": "cluster",
})  # fmt: skip
"""What people call regimes, and their names."""


def did_you_mean(wanted: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Suggest what was meant, as a sentence; nothing where nothing is close.

    Parameters
    ----------
    wanted
        What was written.
    known
        What there is.
    cutoff
        How alike they must be, between 0 and 1.

    Returns
    -------
    str
        ``"Did you mean 'cluster'?"`` or nothing.
    """
    names = tuple(known)
    called = ALSO_CALLED.get(wanted.strip().casefold().replace(" ", "_").replace("-", "_"))
    meant = called if called in names else nearest(wanted, names, cutoff)
    return f"Did you mean {meant!r}?" if meant else ""
