"""Columns of a wide table that are domains and something else at once: C10 in 2019, in 2020; its firms, its people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.regions.importing.options import Options
from analysis.regions.importing.periods import are_periods

MOST, LEAST = 4, 3
"""Kinds of columns at most, and domains at least, that are no accident."""
_FULL = 0.8
_SIGNS = r"[\s_.,:/|()-]+"


def check_crossed(label: str, names: Sequence[str], options: Options) -> None:
    """Refuse columns that are there several times, once for each period or kind of amounts.

    Parameters
    ----------
    label
        Name of the file, for messages.
    names
        Names of the columns of amounts.
    options
        Whether they are to be kept.

    Raises
    ------
    RequestError
        If they are; says for what.
    """
    for at in (-1, 0):
        parted = [_parted(name, at) for name in names]
        pairs = {pair for pair in parted if pair is not None}
        kinds = list(dict.fromkeys(kind for kind, _ in pairs))
        domains = {domain for _, domain in pairs}
        enough = len(domains) >= LEAST and len(pairs) >= _FULL * max(len(names), len(kinds) * len(domains))
        if len(kinds) < 2 or not enough:
            continue
        ordered = sorted(kinds)
        told = ", ".join(ordered[:MOST])
        if are_periods(kinds):
            what = "periods"
        elif len(kinds) <= MOST and not any(letter.isdigit() for kind in kinds for letter in kind):
            what = "kinds"
        else:
            continue
        options.doubt(
            "units",
            f"{label}: columns such as {names[0]!r} are of {len(kinds)} {what} ({told}), so that each domain would be "
            "there as often; keep the columns of one of them.",
        )


def _parted(name: str, at: int) -> tuple[str, str] | None:
    """Part the first or last word of a name from the others."""
    words = [word for word in re.split(_SIGNS, name.strip()) if word]
    if len(words) < 2:
        return None
    return words[at].casefold(), " ".join(words[1:] if at == 0 else words[:-1]).casefold()
