"""What goes wrong with scenarios, links and tables is told in the language of the page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from analysis.dashboard.problems import told
from analysis.dashboard.state.settings import setting_for
from analysis.dashboard.state.uploaded_regions import Uploads, shipped_region
from analysis.dashboard.state.uploaded_scenario import MAXIMUM_BYTES, read_upload, unpack
from analysis.dashboard.state.view import View
from analysis.errors import RequestError
from model.loading import ScenarioError

ENGLISH = re.compile(
    r"\b(must|is not|there is|there are|the|at least|at most|save|has|row|line|did you|whole number)\b",
    re.IGNORECASE,
)


def table(text: str) -> Callable[[], object]:
    return lambda: Uploads().take([("mine.csv", text.encode())], len(text), "employment")


def scenario(content: bytes) -> Callable[[], object]:
    return lambda: read_upload("mine.toml", content)


def shown(content: bytes) -> object:
    """What is accepted but too large for a shared server is refused when it is shown."""
    return setting_for(View(own=read_upload("mine.toml", content)[1]))


@pytest.mark.parametrize(
    "tried",
    [
        scenario(b"firms.number = -3\n"), scenario(b"firms.numbr = 3\n"), scenario(b"firms.number = 'many'\n"),
        scenario(b"\xff\x00\xfe"), scenario(b"a" * (MAXIMUM_BYTES + 1)), scenario(b'extends = "nowhere"\n'),
        scenario(b""), lambda: shown(b"firms.number = 6000\n"), lambda: unpack("garbage"),
        lambda: shipped_region("XX99"), table(""), table("PK\x03\x04"), table("region,a,b,c,d\n"),
        lambda: setting_for(View(story="nowhere")),
        lambda: setting_for(View(region="own:abcd:X")),
    ],
)  # fmt: skip
def test_frequent_problems_are_told_in_german(tried: Callable[[], object]) -> None:
    with pytest.raises((RequestError, ScenarioError)) as found:
        tried()
    english = str(found.value)
    german = told(english, "de")
    assert german != english
    # Names and keys stay; of English sentences nothing does.
    bare = re.sub(r'"[^"]*"|\b[a-z_]+(\.[a-z_]+)+\b|extends', "", german)
    assert not ENGLISH.search(bare), german


def test_in_english_nothing_is_touched() -> None:
    assert told("firms.number must be at least 2", "en") == "firms.number must be at least 2"
