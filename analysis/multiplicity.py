"""Many tests at once: probabilities of paired differences, adjusted for how many were looked at."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

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
