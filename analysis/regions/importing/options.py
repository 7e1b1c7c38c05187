"""What a user can say of a table where it is not to be found out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from analysis.errors import RequestError


class DoubtError(RequestError):
    """A table that is refused for a doubt, and is read if somebody says that it is meant so.

    Parameters
    ----------
    doubted
        What is odd about the table.
    kind
        One of ``DOUBTS``.
    """

    def __init__(self, doubted: str, kind: str) -> None:
        super().__init__(f"{doubted} If it is meant so, give --accept {kind}.")
        self.doubted, self.kind = doubted, kind

    def __reduce__(self) -> tuple[object, ...]:
        """Let it travel between processes."""
        return type(self), (self.doubted, self.kind)


LAYOUTS = ("wide", "long", "bulk", "firms")
CLASSIFICATIONS = ("nace", "own")
DOUBTS = ("shares", "binary", "quotients", "totals", "units", "recoded", "sentinels", "ranks")
"""What a table is refused for and may yet be meant; `--accept` takes it as it is."""


@dataclass(frozen=True)
class Options:
    """How a table is to be read.

    Attributes
    ----------
    layout, period
        One of ``LAYOUTS``; a period. Found out by default.
    select
        Values to choose in further columns.
    columns
        What columns are, by their names.
    decimal
        ``point`` or ``comma``.
    classification
        Whether numbers of domains are divisions of NACE, or of a classification of their own.
    measure
        What amounts are.
    accept
        Doubts that the user has looked at: of ``DOUBTS``.
    """

    layout: str | None = None
    period: str | None = None
    select: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    decimal: str | None = None
    classification: str | None = None
    measure: str | None = None
    accept: Collection[str] = ()

    def check(self) -> None:
        """Refuse what there is not.

        Raises
        ------
        RequestError
            If an option has a value that it cannot have.
        """
        layout = "bulk" if self.layout == "eurostat" else self.layout
        for option, value, known in (
            ("layout", layout, LAYOUTS),
            ("classification", self.classification, CLASSIFICATIONS),
            *(("accept", each, DOUBTS) for each in self.accept),
        ):
            if value is not None and value not in known:
                raise RequestError(f"--{option} {value}: must be one of {', '.join(known)}.")

    def doubt(self, kind: str, message: str) -> None:
        """Refuse a table for a doubt that the user has not accepted.

        Raises
        ------
        DoubtError
            If the doubt was not accepted.
        """
        if kind not in self.accept:
            raise DoubtError(message, kind)


def pairs(option: str, texts: Iterable[str], example: str) -> dict[str, str]:
    """Read ``NAME=VALUE`` choices of the command line, several of them parted by commas or not.

    Raises
    ------
    RequestError
        If one is no such choice.
    """
    chosen = {}
    for text in texts:
        name, separator, value = text.rpartition("=")
        if not separator or not name.strip():
            raise RequestError(f"{option} {text}: must be {example}.")
        chosen[name.strip()] = value.strip()
    return chosen
