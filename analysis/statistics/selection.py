"""What is left of a lead when whoever leads was picked by looking: estimates that selection does not flatter."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]


def halving(
    candidates: int, seeds: int, *, share: float = 0.25, more: int = 3
) -> tuple[tuple[int, int], ...]:
    """Plan a search by successive halving (Jamieson & Talwalkar 2016).

    Parameters
    ----------
    candidates
        How many are tried at first.
    seeds
        On how many seeds; later rounds keep these and add to them.
    share
        Part of the candidates that goes on to the next round.
    more
        Multiple of the seeds in the next round.

    Returns
    -------
    tuple of tuple of int
        Candidates and seeds of each round; the last has four candidates at most.
    """
    rounds = [(candidates, seeds)]
    while rounds[-1][0] > 4:
        count, on = rounds[-1]
        rounds.append((max(1, min(count - 1, round(count * share))), on * more))
    return tuple(rounds)


def best_minus_worst(values: Values) -> Values:
    """Give differences between the best and the worst treatment, each pair picked on the seeds that do not count.

    Every other seed picks for those between them, and the other way round, so that the mean is not above zero
    merely because somebody always comes first.

    Parameters
    ----------
    values
        Outcomes, shape (seeds, treatments).

    Returns
    -------
    numpy.ndarray
        Differences, shape (seeds,); empty for fewer than two seeds.
    """
    if len(values) < 2:
        return np.empty(0)
    differences = np.empty(len(values))
    for half in (0, 1):
        means = values[1 - half :: 2].mean(axis=0)
        differences[half::2] = values[half::2, means.argmax()] - values[half::2, means.argmin()]
    return differences
