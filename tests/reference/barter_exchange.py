"""Barter of knowledge in plain Python: one agent, one meeting, one category at a time."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.reference.random_numbers import Luck


@dataclass
class Agent:
    """Somebody who knows something in each category."""

    levels: list[float]
    partners: list[Agent] = field(default_factory=list)
    taught: int = 0
    learned: int = 0

    def is_ahead_in(self, other: Agent, tolerance: float) -> list[int]:
        """Categories in which this agent knows more than the other, by more than counts as equal."""
        return [
            category
            for category, (own, theirs) in enumerate(zip(self.levels, other.levels, strict=True))
            if own > theirs * (1 + tolerance)
        ]

    def teach(self, learner: Agent, category: int, absorbed: float) -> None:
        """Let a learner take over a share of the difference."""
        learner.levels[category] += absorbed * (self.levels[category] - learner.levels[category])
        self.taught += 1
        learner.learned += 1


@dataclass
class Market:
    """Agents who meet at random over ties."""

    agents: list[Agent]
    ties: list[tuple[int, int]]
    absorbed: float
    tolerance: float
    barter: bool
    by_tie: bool

    def __post_init__(self) -> None:
        # Partners are listed as the fast model lists them: first those to whom a tie points, then the others.
        for i, j in self.ties:
            self.agents[i].partners.append(self.agents[j])
        for i, j in self.ties:
            self.agents[j].partners.append(self.agents[i])

    def run(self, luck: Luck, most_rounds: int) -> tuple[int, bool]:
        """Meet until nothing can be traded, or for so many rounds."""
        rounds = 0
        while not self.is_exhausted() and rounds < most_rounds:
            meetings = len(self.ties) if self.by_tie else len(self.agents)
            for meeting in range(rounds * meetings, (rounds + 1) * meetings):
                pair = self.draw_pair(luck, meeting)
                if pair is not None:
                    self.meet(*pair, luck, meeting)
            rounds += 1
        return rounds, self.is_exhausted()

    def draw_pair(self, luck: Luck, meeting: int) -> tuple[Agent, Agent] | None:
        """Draw a tie, or an agent and one of its partners."""
        if self.by_tie:
            i, j = self.ties[luck.index(meeting, 0, len(self.ties))]
            return self.agents[i], self.agents[j]
        agent = self.agents[luck.index(meeting, 0, len(self.agents))]
        if not agent.partners:
            return None
        return agent, agent.partners[luck.index(meeting, 1, len(agent.partners))]

    def meet(self, first: Agent, second: Agent, luck: Luck, meeting: int) -> None:
        """Trade: under barter equally many categories each way, drawn among those in which each is ahead."""
        offered = first.is_ahead_in(second, self.tolerance)
        returned = second.is_ahead_in(first, self.tolerance)
        most = min(len(offered), len(returned)) if self.barter else len(first.levels)
        draw = 2
        for teacher, learner, categories in ((first, second, offered), (second, first, returned)):
            for category in self.draw_categories(categories, most, luck, meeting, draw):
                teacher.teach(learner, category, self.absorbed)
            draw += len(first.levels)

    @staticmethod
    def draw_categories(categories: list[int], most: int, luck: Luck, meeting: int, draw: int) -> list[int]:
        """All categories if there are few enough, or some of them, without replacement."""
        left = list(categories)
        if len(left) <= most:
            return left
        for place in range(most):
            chosen = place + luck.index(meeting, draw + place, len(left) - place)
            left[place], left[chosen] = left[chosen], left[place]
        return left[:most]

    def is_exhausted(self) -> bool:
        """Whether nobody can trade with any partner."""
        for i, j in self.ties:
            there = bool(self.agents[i].is_ahead_in(self.agents[j], self.tolerance))
            back = bool(self.agents[j].is_ahead_in(self.agents[i], self.tolerance))
            if (there and back) if self.barter else (there or back):
                return False
        return True
