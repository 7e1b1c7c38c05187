"""What a scenario is called and what it asks: text for people, never read by the simulation."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from model.spec.kinds import Text, Title
from model.spec.section import Section, parameter

Question = Annotated[Text, Field(min_length=1, max_length=500)]


class Story(Section):
    """Title, paragraph and questions for class."""

    title: Title = parameter("Untitled region", "Title of the story.")
    text: Text = parameter("", "A paragraph that tells the situation.", max_length=4000)
    questions: tuple[Question, ...] = parameter((), "Questions for class.", max_length=12)
    typical_seed: int = parameter(
        10_000,
        "Seed that is shown where one has to stand for all: of the first 16, the one whose leads are nearest to the "
        "medians (`python -m docs.writers.typical`).",
        ge=0,
        le=2**31 - 1,
    )
