"""Barter of knowledge over the ties of a fixed network (Cowan & Jonard 2004), until nobody can trade any more.

This is a model of its own, used for replication; regions learn by `model.kernels.absorption`.
"""

from __future__ import annotations

import numpy as np

from model.kernels.compilation import kernel
from model.kernels.random_numbers import uniform

DRAWS_OF_A_MEETING = 2
"""Random numbers that say who meets; those that say what is traded follow."""


@kernel
def is_ahead(level, other, tolerance):
    """Whether a level is above another by more than what counts as equal.

    Parameters
    ----------
    level, other
        Levels of knowledge, not negative.
    tolerance
        Share of the other level up to which a difference counts as none.

    Returns
    -------
    bool
        Whether there is something to teach.
    """
    return level > other * (1.0 + tolerance)


@kernel
def can_trade(levels, i, j, tolerance, barter):
    """Whether a meeting of two agents would change anything.

    Parameters
    ----------
    levels
        Knowledge, shape (agents, categories).
    i, j
        The two agents.
    tolerance
        As for :func:`is_ahead`.
    barter
        Each side must be ahead in something; otherwise one side is enough.

    Returns
    -------
    bool
        Whether at least one category would be taught.
    """
    first = False
    second = False
    for k in range(levels.shape[1]):
        if is_ahead(levels[i, k], levels[j, k], tolerance):
            first = True
        elif is_ahead(levels[j, k], levels[i, k], tolerance):
            second = True
    return (first and second) if barter else (first or second)


@kernel
def _index(luck, count):
    """One of ``count`` places, all alike likely."""
    return min(count - 1, int(luck * count))


@kernel
def _teach(levels, teacher, learner, ahead, many, wanted, absorbed, key, meeting, draw):
    """Teach ``wanted`` of the ``many`` categories in which the teacher is ahead, drawn without replacement."""
    for place in range(wanted):
        if wanted < many:
            luck = uniform(key, meeting, draw + place)
            chosen = place + _index(luck, many - place)
            ahead[place], ahead[chosen] = ahead[chosen], ahead[place]
        k = ahead[place]
        levels[learner, k] += absorbed * (levels[teacher, k] - levels[learner, k])


@kernel
def meet(levels, i, j, absorbed, tolerance, barter, key, meeting, first, second):
    """Let two agents trade what they can.

    Under barter both teach equally many categories, as many as the side that has less to offer;
    which ones is drawn at random among those in which each is ahead.

    Parameters
    ----------
    levels
        Knowledge; written, shape (agents, categories).
    i, j
        The two agents.
    absorbed
        Share of a difference that the learner takes over (alpha).
    tolerance, barter
        As for :func:`can_trade`.
    key, meeting
        Key of the stream and number of the meeting.
    first, second
        Scratch, shape (categories,).

    Returns
    -------
    tuple of int
        Categories that ``i`` taught and that ``j`` taught.
    """
    categories = levels.shape[1]
    many_first = 0
    many_second = 0
    for k in range(categories):
        if is_ahead(levels[i, k], levels[j, k], tolerance):
            first[many_first] = k
            many_first += 1
        elif is_ahead(levels[j, k], levels[i, k], tolerance):
            second[many_second] = k
            many_second += 1
    by_first = many_first
    by_second = many_second
    if barter:
        by_first = by_second = min(many_first, many_second)
    draw = DRAWS_OF_A_MEETING
    _teach(levels, i, j, first, many_first, by_first, absorbed, key, meeting, draw)
    _teach(levels, j, i, second, many_second, by_second, absorbed, key, meeting, draw + categories)
    return by_first, by_second


@kernel
def _next_tradable(levels, ties, start, tolerance, barter):
    """First tie from ``start`` on, all around, over which something can be traded; -1 if there is none."""
    count = ties.shape[0]
    for offset in range(count):
        tie = (start + offset) % count
        if can_trade(levels, ties[tie, 0], ties[tie, 1], tolerance, barter):
            return tie
    return -1


@kernel
def exchange(
    levels, ties, begin, partners, absorbed, tolerance, barter, by_tie, most_rounds, key, taught, learned
):
    """Let agents meet at random until nothing can be traded over any tie, or for so many rounds.

    Parameters
    ----------
    levels
        Knowledge; written, shape (agents, categories).
    ties
        Pairs of agents, shape (ties, 2).
    begin, partners
        The same as lists: partners of ``i`` are ``partners[begin[i]:begin[i + 1]]``.
    absorbed, tolerance, barter
        As for :func:`meet`.
    by_tie
        A meeting draws one of the ties, and a round has as many meetings as there are ties; otherwise
        it draws an agent and one of its partners, and a round has as many meetings as there are agents.
    most_rounds
        Rounds after which meetings stop in any case.
    key
        Key of the stream.
    taught, learned
        Added to: categories that each agent taught and learned, shape (agents,).

    Returns
    -------
    tuple of int and bool
        Rounds until trade was exhausted or stopped, and whether it was exhausted.
    """
    agents, categories = levels.shape
    first = np.empty(categories, np.int64)
    second = np.empty(categories, np.int64)
    meetings = ties.shape[0] if by_tie else agents
    tradable = _next_tradable(levels, ties, 0, tolerance, barter)
    rounds = 0
    while tradable >= 0 and rounds < most_rounds:
        for place in range(meetings):
            meeting = rounds * meetings + place
            luck = uniform(key, meeting, 0)
            if by_tie:
                tie = _index(luck, meetings)
                i = ties[tie, 0]
                j = ties[tie, 1]
            else:
                i = _index(luck, agents)
                number = begin[i + 1] - begin[i]
                if number == 0:
                    continue
                j = partners[begin[i] + _index(uniform(key, meeting, 1), number)]
            by_first, by_second = meet(levels, i, j, absorbed, tolerance, barter, key, meeting, first, second)
            taught[i] += by_first
            learned[j] += by_first
            taught[j] += by_second
            learned[i] += by_second
        rounds += 1
        tradable = _next_tradable(levels, ties, tradable, tolerance, barter)
    return rounds, tradable < 0
