"""Tables on a terminal: whole at every width, whatever a policy is called."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from analysis.console.rendering import laid_out
from analysis.words.document import Table, percent

NAMES = ("smart specialisation after 2 years of sector support", "sector support", "no policy")
HEADINGS = (
    "regime",
    "average",
    "over sector support",
    "lower bound",
    "upper bound",
    "p, adjusted",
    "comes first",
)
TABLE = Table(
    "Knowledge",
    HEADINGS,
    tuple((name, *(percent(10.1 * place, "made/up") for place in range(1, 7))) for name in NAMES),
)


@pytest.mark.parametrize("width", [30, 60, 72, 79, 80, 81, 100, 160])
def test_no_column_is_lost_at_the_edge(width: int) -> None:
    output = io.StringIO()
    console = Console(file=output, width=width)
    for part in laid_out(TABLE, width):
        console.print(part)
    text = output.getvalue()
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text
    for place in range(1, 7):
        assert text.count(f"{10.1 * place:+.1f}%") == len(NAMES)
    for word in " ".join((*HEADINGS[1:], *NAMES)).split():
        assert word in text.split() or f"{word}:" in text.split(), word
