"""Seeds as users write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import RequestError
from analysis.runs.seeds import parse_seeds


@pytest.mark.parametrize(
    ("text", "seeds"),
    [
        ("3", (10_000, 10_001, 10_002)),
        ("10000-10003", (10_000, 10_001, 10_002, 10_003)),
        ("7-7", (7,)),
        ("7-7, 3-4", (7, 3, 4)),
        ("5,9", (5, 9)),
        (" 2 ", (10_000, 10_001)),
    ],
)
def test_a_count_a_range_or_a_list(text: str, seeds: tuple[int, ...]) -> None:
    assert parse_seeds(text) == seeds


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0", "from 1 to"),
        ("", "neither a count nor a range"),
        ("-3", "neither a count nor a range"),
        ("ten", "neither a count nor a range"),
        ("1.5", "neither a count nor a range"),
        ("٣", "neither a count nor a range"),
        ("9-3", "write 3-9"),
        ("1-3,2-2", "named twice"),
        ("0-999999999999", "from 1 to"),
        ("99999999999999999999-99999999999999999999", "seeds go up to"),
        ("1-2,,3-3", "neither a count nor a range"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(RequestError, match=reason):
        parse_seeds(text)


@given(st.text(alphabet="0123456789-, x", max_size=12))
def test_any_text_gives_seeds_or_one_message(text: str) -> None:
    try:
        seeds = parse_seeds(text)
    except RequestError as error:
        message = str(error)
    else:
        message = "seeds"
        assert seeds
        assert len(set(seeds)) == len(seeds)
    assert message.startswith("seeds")
