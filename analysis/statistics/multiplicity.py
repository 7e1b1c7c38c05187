"""Many tests at once: probabilities of paired differences, adjusted for how many were looked at."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analysis.statistics.comparison import CONFIDENCE

Values = npt.NDArray[np.float64]


def paired_probability(differences: Values) -> float:
    """Two-sided probability of a mean difference at least this large if the true mean were zero (Student's t).

    Parameters
    ----------
    differences
        Differences between two treatments on the same seeds, shape (seeds,).

    Returns
    -------
    float
        Probability; 1 where nothing differs at all, NaN for fewer than two seeds.
    """
    from scipy.special import stdtr  # noqa: PLC0415 - a tenth of the import time of scipy.stats

    if len(differences) < 2:
        return float("nan")
    error = float(differences.std(ddof=1)) / np.sqrt(len(differences))
    if error == 0.0:
        return 0.0 if differences.mean() else 1.0
    return float(2 * stdtr(len(differences) - 1, -abs(differences.mean() / error)))


def holm(probabilities: Values) -> Values:
    """Adjust probabilities such that all claims below a level are true together at that level (Holm 1979).

    Parameters
    ----------
    probabilities
        Probabilities of single tests, shape (tests,); NaN for a test that could not be made, which does not count.

    Returns
    -------
    numpy.ndarray
        Adjusted probabilities, shape (tests,).
    """
    values = np.asarray(probabilities, np.float64)
    adjusted = np.full(len(values), np.nan)
    made = np.flatnonzero(np.isfinite(values))
    order = made[np.argsort(values[made], kind="stable")]
    factors = np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(factors * values[order]))
    return adjusted


def simultaneous_interval(sample: Values, tests: int = 1) -> tuple[float, float, float]:
    """Give a mean with an interval that holds together with those of other tests (Bonferroni).

    Parameters
    ----------
    sample
        Independent values, shape (seeds,).
    tests
        How many intervals are to hold together at 95%.

    Returns
    -------
    tuple of float
        Mean, lower and upper end; NaN where there are too few values.
    """
    from scipy.special import stdtrit  # noqa: PLC0415 - as above

    if len(sample) < 2:
        return (float(sample.mean()) if len(sample) else np.nan), np.nan, np.nan
    mean, tail = float(sample.mean()), (1 - CONFIDENCE) / 2 / tests
    reach = -float(stdtrit(len(sample) - 1, tail)) * float(sample.std(ddof=1)) / np.sqrt(len(sample))
    return mean, mean - reach, mean + reach


def lead_over_all(leads: Values) -> tuple[int, float]:
    """Test whether a treatment leads every one of its rivals (intersection-union test; Berger 1982).

    Parameters
    ----------
    leads
        Paired leads over each rival, shape (seeds, rivals).

    Returns
    -------
    tuple
        The rival over which the mean lead is least, and the probability of such leads if the treatment did not
        lead one of them: the largest of the single ones, 1 where it does not lead.
    """
    if len(leads) < 2:
        return 0, float("nan")
    means = leads.mean(axis=0)
    single = [
        paired_probability(lead) if mean > 0 else 1.0 for lead, mean in zip(leads.T, means, strict=True)
    ]
    return int(means.argmin()), max(single)


def means_of_groups(values: Values, groups: npt.NDArray[np.int64], tests: int = 1) -> Values:
    """Give means of groups of a few values each, with intervals from what all vary by within their groups.

    Parameters
    ----------
    values
        Values, shape (values,).
    groups
        Number of the group of each, from 0; no group is empty.
    tests
        How many intervals are to hold together at 95% (Bonferroni).

    Returns
    -------
    numpy.ndarray
        Mean, lower and upper end of each group, shape (groups, 3); the ends are NaN where no group has two values.
    """
    from scipy.special import stdtrit  # noqa: PLC0415 - as above

    counts = np.bincount(groups)
    means = np.bincount(groups, values) / counts
    freedom = len(values) - len(counts)
    if freedom < 1:
        return np.column_stack([means, np.full((len(counts), 2), np.nan)])
    pooled = np.sqrt(((values - means[groups]) ** 2).sum() / freedom)
    reach = -float(stdtrit(freedom, (1 - CONFIDENCE) / 2 / tests)) * pooled / np.sqrt(counts)
    return np.column_stack([means, means - reach, means + reach])
