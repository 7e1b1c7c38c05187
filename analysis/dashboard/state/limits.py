"""What one request may ask of a server that many share."""

from __future__ import annotations

from analysis.errors import RequestError
from model.scenario import Scenario

MOST_FIRMS, MOST_STEPS, MOST_DOMAINS = 5_000, 400, 128


def within_reason(scenario: Scenario) -> Scenario:
    """Refuse what would keep everybody else waiting."""
    limits = (
        ("firms.number", scenario.firms.number, MOST_FIRMS),
        ("steps", scenario.steps, MOST_STEPS),
        ("knowledge_space.domains", scenario.knowledge_space.domains, MOST_DOMAINS),
    )
    for key, value, most in limits:
        if value > most:
            raise RequestError(
                f"{key} = {value}: the dashboard runs at most {most}; use run.py compare for more."
            )
    return scenario
