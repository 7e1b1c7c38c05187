"""What is installed only where it is needed, and what is said where it is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from analysis.errors import RequestError


class MissingExtraError(RequestError):
    """Something optional is asked for and not installed.

    Parameters
    ----------
    extra
        Extra of this package that brings it.
    what
        What is missing, for the beginning of a sentence.
    """

    def __init__(self, extra: str, what: str) -> None:
        super().__init__(
            f'{what} is not installed: python -m pip install -c constraints.txt -e ".[{extra}]" in the folder of '
            "this project."
        )
        self.extra = extra


@contextmanager
def needs(extra: str, what: str, *packages: str) -> Iterator[None]:
    """Say which extra to install where a package is missing.

    Parameters
    ----------
    extra
        Extra of this package.
    what
        What its users call it, for the beginning of a sentence.
    packages
        Packages of the extra that are imported inside.

    Raises
    ------
    MissingExtraError
        If one of them is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in packages:
            raise
        raise MissingExtraError(extra, what) from None
