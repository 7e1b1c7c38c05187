"""What stands around a table in its file, and how the file is written."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.made_tables import Draft


def titles(made: Draft) -> None:
    """Put titles above the table."""
    made.titles = made.luck.choice(
        [
            ["Employees; persons"],
            ["Table 3.1", "", "Employed persons, 2022"],
            [""],
            ["Beschäftigte nach Region"],
        ]
    )


def footnotes(made: Draft) -> None:
    """Put notes below the table."""
    made.notes = made.luck.choice(
        [["", "1) provisional", "Source: office"], ["Source: statistical office"], ["", "* estimate, 2022"]]
    )


def of_file(name: str) -> Callable[[Draft], None]:
    """Leave a distortion to whoever writes the file."""

    def distort(made: Draft) -> None:
        made.file.add(name)

    return distort
