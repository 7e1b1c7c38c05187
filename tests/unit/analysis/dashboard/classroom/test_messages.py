"""What a hostile phone may send: nothing of it is taken for something else, and it may not send much."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.dashboard.classroom.messages import (
    BURST,
    LONGEST,
    PATIENCE,
    RATE,
    Allowance,
    Message,
    NonsenseError,
    read_message,
)

WRONG = (
    "", "[]", "null", "{}", "1", "\x00", "{" * 200, '{"n": 1}', '{"n": 0, "do": "run"}', '{"n": true, "do": "run"}',
    '{"n": 1e3, "do": "run"}', '{"n": 1, "do": "steer", "value": "next"}', '{"n": 1, "do": "guess"}',
    '{"n": 1, "do": "guess", "value": 3}', '{"n": 1, "do": "lever", "value": "3"}',
    '{"n": 1, "do": "lever", "value": true}',
    '{"n": 1, "do": ["run"]}', json.dumps({"n": 1, "do": "guess", "value": "x" * 100}),
    json.dumps({"n": 1, "do": "run", "more": "x" * LONGEST}), '{"n": 99999999999, "do": "run"}',
)  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_what_no_page_sends_is_refused(text: str) -> None:
    with pytest.raises(NonsenseError):
        read_message(text)


@given(
    st.one_of(
        st.text(max_size=400),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=50),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(["n", "do", "value", "x"]), inner, max_size=4)
            ),
        ).map(json.dumps),
    )
)
def test_nothing_breaks_the_reader(text: str) -> None:
    try:
        message = read_message(text)
    except NonsenseError:
        return
    assert isinstance(message, Message)
    assert isinstance(message.value, str | int)


def test_markup_is_a_text_like_any_other() -> None:
    told = '{"n": 1, "do": "guess", "value": "<script>alert(1)</script>"}'
    assert read_message(told) == Message(1, "guess", "<script>alert(1)</script>")


def test_an_honest_hand_is_never_stopped_and_a_flood_is() -> None:
    now = [0.0]
    honest, flood = Allowance(lambda: now[0]), Allowance(lambda: now[0])
    for _ in range(600):
        now[0] += 1 / (RATE - 1)
        assert honest.take()
    taken = sum(flood.take() for _ in range(int(BURST) + PATIENCE + 1))
    assert taken == BURST
    assert flood.exhausted
    assert not honest.exhausted
