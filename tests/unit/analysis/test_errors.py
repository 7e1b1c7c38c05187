"""What a user cannot have is said by each front in its own terms."""

from __future__ import annotations

import pickle

import pytest

from analysis.errors import RequestError, keyword, option
from analysis.runs.parts import StoreError

WRONG = RequestError(
    field="regimes", value="one,one", rule="a regime is named twice",
    remedy="try {regimes=none,cluster} or {channels.freeze_ties=false}.",
)  # fmt: skip


@pytest.mark.parametrize(
    ("wording", "told"),
    [
        (
            keyword,
            "regimes = one,one: a regime is named twice; try regimes = none,cluster or channels__freeze_ties = False.",
        ),
        (
            option,
            ("--regimes one,one: a regime is named twice; try --regimes none,cluster or "
            "--set channels.freeze_ties=false."),
        ),
        (lambda field, _: f"the control “{field}”",
         ("the control “regimes”: a regime is named twice; try the control “regimes” or "
         "the control “channels.freeze_ties”.")),
    ],
)  # fmt: skip
def test_fields_are_named_as_the_front_calls_them(wording: object, told: str) -> None:
    assert WRONG.worded(wording) == told  # type: ignore[arg-type]


def test_its_text_is_that_of_python_and_its_parts_can_be_read() -> None:
    assert str(WRONG).startswith("regimes = one,one: ")
    assert (WRONG.field, WRONG.value, WRONG.rule) == ("regimes", "one,one", "a regime is named twice")


def test_what_is_about_no_field_stays_as_it_is() -> None:
    assert (
        RequestError("No such folder.").worded(option)
        == str(RequestError("No such folder."))
        == "No such folder."
    )


def test_a_remedy_may_be_a_sentence_or_missing() -> None:
    assert RequestError(field="seeds", value="x", rule="no count", remedy="Write 16.").worded(option) == (
        "--seeds x: no count. Write 16."
    )
    assert str(RequestError(field="seeds", rule="there are none")) == "seeds: there are none."


@pytest.mark.parametrize("error", [WRONG, RequestError("plain"), StoreError("full")])
def test_it_travels_between_processes(error: RequestError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert type(again) is type(error)
    assert again.worded(option) == error.worded(option)
