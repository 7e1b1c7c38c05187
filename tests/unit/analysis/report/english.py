"""What every sentence of a report must keep to, whatever the numbers."""

from __future__ import annotations

import math
import re

from analysis.words.document import MINUS, NOTHING, Number, Words

PLURALS = "regions|years|quarters|runs|seeds|combinations"
WRONG = re.compile(rf"nan|\binf\b|None(?! of)|  | [.,;:]|\.\.|--(?![a-z])|-0\.0|\b1 (?:\w+ )?(?:{PLURALS})\b")


def text(sentence: Words) -> str:
    """Give a sentence as a reader sees it."""
    return "".join(part.text if isinstance(part, Number) else part for part in sentence)


def check(sentence: Words) -> None:
    """Hold a sentence against the rules of a sentence, and its numbers against how they are written."""
    told = text(sentence)
    assert told.endswith((".", "?")), told
    assert told[0].isupper() or told[0] == "“", told
    assert not WRONG.search(re.sub(r"“[^”]*”", "“”", told)), told
    assert not re.search(r"(?:^|[.;:] )[Nn]o policy (?!leave)\w+s ", told), f"nobody or none? {told}"
    for part in sentence:
        if isinstance(part, Number):
            assert math.isfinite(part.value) == (part.text != NOTHING), part


def number(part: Number) -> float:
    """Read a number as it is written."""
    return float(part.text.rstrip("%").replace(",", "").replace(MINUS, "-"))
