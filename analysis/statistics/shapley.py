"""What channels contribute to a regime's lead: Shapley values of frozen-channel counterfactuals, seed by seed.

The players are channels, the value of a set of channels is the lead of a regime over the baseline where the
channels of the set are live and the others are held still, in the runs of both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.statistics.comparison import baseline_of, interval, student_quantile

Values = npt.NDArray[np.float64]

CHANNELS = ("absorptive_capacity", "networked_recombination", "ties")
"""Channels that can be held still, in the order in which they are shown."""

COLUMNS = (
    "outcome", "regime", "baseline", "seeds", "quantity", "channels",
    "value", "low", "high", "relative", "relative_low", "relative_high", "share", "share_low", "share_high",
)  # fmt: skip

LEAD, CONTRIBUTION, REMAINDER = "lead", "contribution", "remainder"
INTERACTION, DIVIDEND = "interaction", "dividend"


def attribute(
    outcomes: pd.DataFrame,
    measures: Sequence[str],
    baseline: str | None = None,
    channels: Sequence[str] = CHANNELS,
) -> pd.DataFrame:
    """Split the lead of every regime over the baseline among channels.

    The value of a set of channels on a seed is what the regime's outcome lies above the baseline's when
    the channels of the set are live and the others are held still **in both runs**. What a channel does
    without policy is then in neither regime's favour, and a channel that helps both alike contributes
    nothing to the lead. Everything is computed on each seed and then averaged, so that intervals are
    those of paired values by Student's t.

    Parameters
    ----------
    outcomes
        One row a run: ``regime``, ``seed``, for each channel whether it was live, and the measures.
    measures
        Outcomes to split.
    baseline
        Regime that the others are compared with; ``none`` where it takes part, else the first.
    channels
        Channels, each a column of truth values.

    Returns
    -------
    pandas.DataFrame
        For every outcome and regime but the baseline, over the seeds on which both finished with every
        set of channels (regimes without such a seed are left out), one row for each of these quantities:

        - ``lead``: of the regime with all channels live, as in the comparison;
        - ``contribution`` of each channel: its Shapley value (Shapley 1953);
        - ``remainder``: the lead that is left with all channels held still. Contributions and remainder
          sum to the lead, on every seed and so on average;
        - ``interaction`` of each pair: Shapley interaction index (Grabisch & Roubens 1999), what two
          channels bring together beyond what each brings without the other, averaged over the rest;
        - ``dividend`` of each set: Harsanyi (1963), what the set brings beyond what its parts bring;
          dividends and remainder sum to the lead, too. In simulation this is the factor separation of
          Stein & Alpert (1993).

        ``value`` is in the unit of the outcome, ``relative`` in percent of the baseline's mean with all
        channels live, ``share`` in percent of the lead. Shares are given only where the 95% interval of
        the lead excludes zero; their intervals are Fieller's (1954), which are finite there only.

    Notes
    -----
    The weights are those of Shapley effects in sensitivity analysis (Owen 2014; Song et al. 2016), but
    what is split is a mean difference, not a variance, so that contributions may be negative.
    """
    regimes = list(dict.fromkeys(outcomes["regime"]))
    chosen = baseline if baseline in regimes and baseline is not None else baseline_of(regimes)
    rows: list[dict[str, Any]] = []
    for measure in measures:
        tables = {regime: _by_seed(outcomes, regime, measure, channels) for regime in regimes}
        reference = tables[chosen]
        for regime in regimes:
            seeds = sorted(set(tables[regime].index) & set(reference.index))
            if regime == chosen or not seeds:
                continue
            base = reference.loc[seeds].to_numpy(np.float64)
            game = tables[regime].loc[seeds].to_numpy(np.float64) - base
            names = {"outcome": measure, "regime": regime, "baseline": chosen, "seeds": len(seeds)}
            rows += [names | row for row in _quantities(game, float(base[:, -1].mean()), channels)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _by_seed(outcomes: pd.DataFrame, regime: str, measure: str, channels: Sequence[str]) -> pd.DataFrame:
    """One row a seed that finished with every set of channels, one column a set, in binary order."""
    runs = outcomes[outcomes["regime"] == regime]
    members = [runs[channel].to_numpy(bool) * 2**place for place, channel in enumerate(channels)]
    coded = pd.DataFrame({"seed": runs["seed"], "set": np.sum(members, axis=0), "value": runs[measure]})
    table = coded.pivot_table(index="seed", columns="set", values="value")
    return table.reindex(columns=range(2 ** len(channels))).dropna()


def _quantities(game: Values, base: float, channels: Sequence[str]) -> Iterator[dict[str, Any]]:
    lead, remainder = game[:, -1], game[:, 0]
    scale = 100 / abs(base) if base else np.nan
    yield _row(LEAD, (), lead, scale)
    for channel, contribution in zip(channels, shapley_values(game).T, strict=True):
        yield _row(CONTRIBUTION, (channel,), contribution, scale) | _share(contribution, lead)
    yield _row(REMAINDER, (), remainder, scale) | _share(remainder, lead)
    for pair, index in zip(combinations(channels, 2), interaction_indices(game).T, strict=True):
        yield _row(INTERACTION, pair, index, scale)
    dividends = harsanyi_dividends(game)
    for members in _sets(len(channels)):
        code = sum(2**place for place in members)
        yield _row(DIVIDEND, [channels[place] for place in members], dividends[:, code], scale)


def _sets(players: int) -> Iterator[tuple[int, ...]]:
    """Sets of players that are not empty, small ones first."""
    for size in range(1, players + 1):
        yield from combinations(range(players), size)


def _row(quantity: str, channels: Sequence[str], values: Values, scale: float) -> dict[str, Any]:
    value, low, high = interval(values)
    return {
        "quantity": quantity, "channels": "+".join(channels), "value": value, "low": low, "high": high,
        "relative": value * scale, "relative_low": low * scale, "relative_high": high * scale,
    }  # fmt: skip


def _share(part: Values, lead: Values) -> dict[str, float]:
    _, low, high = interval(lead)
    if not distinguishable(low, high):
        # The share of a lead that may be nothing is a number without meaning.
        return {}
    share, lowest, highest = ratio_interval(part, lead)
    if not np.isfinite([lowest, highest]).all():
        # The same test twice, rounded differently.
        return {}
    return {"share": 100 * share, "share_low": 100 * lowest, "share_high": 100 * highest}


def distinguishable(low: float, high: float) -> bool:
    """Whether an interval excludes zero; one without ends does not."""
    return bool(low > 0 or high < 0)


def ratio_interval(numerator: Values, denominator: Values) -> tuple[float, float, float]:
    """Give the ratio of two means of paired values and its 95% interval (Fieller 1954).

    Parameters
    ----------
    numerator, denominator
        Pairs, such as a contribution and a lead on the same seeds, shape (pairs,).

    Returns
    -------
    tuple of float
        Ratio, lower and upper end; the ends are infinite when the mean of the denominator cannot be told
        from zero, and NaN when there is one pair only.
    """
    count = len(numerator)
    above, below = float(numerator.mean()), float(denominator.mean())
    ratio = above / below if below else np.nan
    if count < 2:
        return ratio, np.nan, np.nan
    spread = student_quantile(count) ** 2 * np.cov(numerator, denominator) / count
    a = below * below - spread[1, 1]
    b = above * below - spread[0, 1]
    c = above * above - spread[0, 0]
    if a <= 0:
        return ratio, -np.inf, np.inf
    reach = np.sqrt(max(0.0, b * b - a * c))
    return ratio, float((b - reach) / a), float((b + reach) / a)


def harsanyi_dividends(game: Values) -> Values:
    """Give what every set of players brings beyond what its parts bring (Harsanyi 1963).

    ``m(S) = sum over T in S of (-1)^(|S| - |T|) v(T)``, so that ``v(S)`` is the sum of ``m`` over all
    subsets of ``S``.

    Parameters
    ----------
    game
        v, shape (..., 2^players): player k belongs to the sets whose number has bit k.

    Returns
    -------
    numpy.ndarray
        m, of the same shape; ``m`` of the empty set is ``v`` of the empty set.

    Raises
    ------
    ValueError
        If the number of sets is not a power of two.
    """
    dividends: Values = np.array(game, np.float64)
    sets = np.arange(dividends.shape[-1])
    for player in range(_players(dividends)):
        inside = sets[(sets >> player) % 2 == 1]
        dividends[..., inside] -= dividends[..., inside - 2**player]
    return dividends


def shapley_values(game: Values) -> Values:
    """Give every player's mean contribution over all orders in which players may join (Shapley 1953).

    ``phi_i = sum over S with i of m(S) / |S|``: a dividend is shared evenly by those who make it.

    Parameters
    ----------
    game
        v, shape (..., 2^players), see :func:`harsanyi_dividends`.

    Returns
    -------
    numpy.ndarray
        phi, shape (..., players); its sum is what all players bring over nobody.
    """
    return _shared(game, [(player,) for player in range(_players(game))], 0)


def interaction_indices(game: Values) -> Values:
    """Give the Shapley interaction index of every pair of players (Grabisch & Roubens 1999).

    ``I_ij = sum over S with i and j of m(S) / (|S| - 1)``: what i adds more when j is there, averaged over
    who else is; above zero the two complement each other, below they stand in for each other.

    Parameters
    ----------
    game
        v, shape (..., 2^players), see :func:`harsanyi_dividends`.

    Returns
    -------
    numpy.ndarray
        I, shape (..., pairs), pairs in the order of ``itertools.combinations``.
    """
    return _shared(game, list(combinations(range(_players(game)), 2)), 1)


def _shared(game: Values, wanted: Sequence[tuple[int, ...]], less: int) -> Values:
    dividends = harsanyi_dividends(game)
    sets = np.arange(dividends.shape[-1])
    members = np.sum([(sets >> player) % 2 for player in range(_players(game))], axis=0)
    parts = []
    for players in wanted:
        code = sum(2**player for player in players)
        inside = sets[(sets & code) == code]
        parts.append((dividends[..., inside] / (members[inside] - less)).sum(axis=-1))
    return np.stack(parts, axis=-1) if parts else np.zeros((*dividends.shape[:-1], 0))


def _players(game: Values) -> int:
    sets = np.shape(game)[-1]
    players = int(sets).bit_length() - 1
    if sets != 2**players:
        raise ValueError(f"a game of {players} players has {2**players} sets, not {sets}")
    return players
