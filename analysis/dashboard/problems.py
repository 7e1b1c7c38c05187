"""What goes wrong, in the language of the page: phrases of messages that are made in English elsewhere."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


@cache
def _phrases(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    path = FOLDER / f"problems.{language}.toml"
    if not path.is_file():
        return ()
    return tuple((re.compile(one), other) for one, other in tomllib.loads(path.read_text("utf-8"))["phrases"])


def told(problem: str, language: str) -> str:
    """Say what is wrong in a language, as far as there are words for it.

    Parameters
    ----------
    problem
        What is wrong, in English.
    language
        Name of a language.
    """
    for pattern, words in _phrases(language):
        problem = pattern.sub(words, problem)
    return problem
