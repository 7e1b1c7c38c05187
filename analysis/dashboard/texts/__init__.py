"""The message catalogue: everything that the page says, a file a language."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
FALLBACK = "en"


@cache
def catalogue(language: str) -> dict[str, str]:
    """Give all messages of a language by dotted key, and the names of domains and sectors that it has.

    Parameters
    ----------
    language
        Name of a file in this folder, without its ending.
    """
    messages: dict[str, str] = {}
    for path in (FOLDER / f"{language}.toml", FOLDER / f"{language}.names.toml"):
        if path.exists():
            messages |= _flat(tomllib.loads(path.read_text("utf-8")), "")
    return messages


def languages() -> tuple[str, ...]:
    """List the languages that there are, the one that others fall back on first."""
    found = sorted(path.stem for path in FOLDER.glob("*.toml") if "." not in path.stem)
    return tuple(sorted(found, key=lambda name: name != FALLBACK))


def _flat(table: dict[str, Any], prefix: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            pairs += _flat(value, f"{prefix}{key}.")
        elif isinstance(value, list):
            pairs += [(f"{prefix}{key}.{place}", str(each)) for place, each in enumerate(value)]
        else:
            pairs.append((f"{prefix}{key}", str(value).strip()))
    return pairs


class Texts:
    """Messages in one language.

    Parameters
    ----------
    language
        Name of the language.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._messages = catalogue(language)

    def __call__(self, key: str, **values: Any) -> str:
        """Give a message with its values filled in.

        Raises
        ------
        KeyError
            If there is no such message.
        """
        text = self._messages.get(key)
        if text is None:
            text = catalogue(FALLBACK)[key]
        return text.format(**values) if values else text

    def known(self, key: str, otherwise: str) -> str:
        """Give a message, or a text that comes from elsewhere, such as the name of a user's own regime."""
        return self._messages.get(key, otherwise)

    def several(self, key: str) -> tuple[str, ...]:
        """Give the messages of a list."""
        found: list[str] = []
        while (text := self._messages.get(f"{key}.{len(found)}")) is not None:
            found.append(text)
        return tuple(found)

    def number(self, value: float, digits: int = 3) -> str:
        """Write a number as people of this language do, with a few valid digits."""
        text = f"{value:.{digits}g}" if value != 0 and abs(value) < 1000 else f"{value:,.0f}"
        if self.language == "de":
            return text.replace(",", " ").replace(".", ",").replace(" ", ".")
        return text

    def name(self, text: str) -> str:
        """Give the name of a domain or sector in this language, if it is known; codes before it stay."""
        found = self._messages.get(f"names.{text}")
        if found is not None:
            return found
        code, _, rest = text.partition(" ")
        return f"{code} {self.known(f'names.{rest}', rest)}" if rest else text

    def regime(self, name: str) -> str:
        """Give the name of a regime as people read it."""
        return self.known(f"regimes.{name}", name.replace("_", " "))
