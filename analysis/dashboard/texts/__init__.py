"""The message catalogue: everything that the page says, a file a language."""

from __future__ import annotations

import math
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from model.scenario import BY_LOT

FOLDER = Path(__file__).resolve().parent
FALLBACK = "en"


@cache
def catalogue(language: str) -> dict[str, str]:
    """Give all messages of a language by dotted key, those of all files that begin with its name.

    Parameters
    ----------
    language
        Name of a file in this folder, without its endings.
    """
    messages: dict[str, str] = {}
    for path in sorted(FOLDER.glob(f"{language}.*toml")):
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
        """Write a number as people of this language do, with a few valid digits and never with an exponent."""
        if not math.isfinite(value):
            return "–"
        places = 0
        if value != 0 and abs(value) < 1000:
            places = min(9, max(0, digits - 1 - math.floor(math.log10(abs(value)))))
        text = f"{abs(value):,.{places}f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        if self.language == "de":
            text = text.replace(",", " ").replace(".", ",").replace(" ", ".")
        return f"−{text}" if value < 0 and text.strip("0.,") else text

    def signed(self, value: float) -> str:
        """Write a number with its sign."""
        text = self.number(value)
        return text if text.startswith(("−", "–")) else f"+{text}"

    def signed_percent(self, value: float) -> str:
        """Write a difference in percent, to a tenth where that says more."""
        rounded = round(value, 1 if abs(value) < 100 else 0) if math.isfinite(value) else value
        return self._percent(self.signed(rounded))

    def share(self, value: float) -> str:
        """Write a share in percent."""
        return self._percent(self.number(round(100 * value)))

    def percent(self, value: float) -> str:
        """Write a number of percent."""
        return self._percent(self.number(value))

    def _percent(self, text: str) -> str:
        return f"{text}\u202f%" if self.language == "de" else f"{text}%"

    def name(self, text: str) -> str:
        """Give the name of a domain or sector in this language, if it is known; codes before it stay."""
        found = self._messages.get(f"names.{text}")
        if found is not None:
            return found
        code, _, rest = text.partition(" ")
        return f"{code} {self.known(f'names.{rest}', rest)}" if rest else text

    def regime(self, name: str) -> str:
        """Give the name of a regime as people read it, also of the lottery twin of one."""
        own = name.removesuffix(BY_LOT)
        if own != name:
            return self("regimes.by_lot", name=self.regime(own))
        return self.known(f"regimes.{name}", name.replace("_", " "))
