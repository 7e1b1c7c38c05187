"""A small tree: what kind of place has which best regime, and how often that is right where it has not looked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.extras import needs

DEPTH, FOLDS, SEED = 3, 5, 1
LEAST_IN_A_LEAF = 0.06
"""Share of all places that a leaf has at least."""
FEWEST = 30
"""Places below which no tree is looked for."""


@dataclass(frozen=True)
class Tree:
    """What a tree says, and what that is worth.

    Attributes
    ----------
    rules
        One row a leaf: ``rule`` (conditions, as in ``"income up to 15,000; size above 3"``), ``best``, ``places``, and
        ``share`` of these in which that regime is the best one.
    accuracy
        Share of places, held out with all others of their group, in which the regime that the tree names is the best
        one.
    guessed
        The same for whoever names the most frequent one of the other groups everywhere.
    followed, everywhere
        Mean gain under the regime that the tree names, and under the one that is best on average in the other groups;
        of the places held out.
    """

    rules: pd.DataFrame
    accuracy: float
    guessed: float
    followed: float
    everywhere: float


def load() -> Any:
    """Import what trees are made with.

    Raises
    ------
    MissingExtraError
        If it is not installed.
    """
    with needs("discover", "scikit-learn", "sklearn"):
        from sklearn.tree import DecisionTreeClassifier  # noqa: PLC0415
    return DecisionTreeClassifier


def small_tree(traits: pd.DataFrame, gains: pd.DataFrame, groups: pd.Series[Any]) -> Tree | None:
    """Grow a small tree on all places, and try it on groups that it has not seen.

    Parameters
    ----------
    traits
        One row a place, numbers; what is not known is taken for the median.
    gains
        Gain of every regime in every place, a column each; the regime that the tree is to name has the highest.
    groups
        Group of each place: groups are held out whole, as places of a group are alike.

    Returns
    -------
    Tree or None
        None where there are too few places, groups or winners for one.
    """
    best = gains.idxmax(axis=1)
    if len(traits) < FEWEST or best.nunique() < 2 or groups.nunique() < FOLDS:
        return None
    filled = traits.fillna(traits.median())
    grown = _grown(filled, best)
    named, most, single = (pd.Series(index=traits.index, dtype=object) for _ in range(3))
    fold = _folds(groups)
    for number in range(FOLDS):
        out = fold == number
        if out.any() and not out.all():
            named[out] = _grown(filled[~out], best[~out]).predict(filled[out].to_numpy())
            most[out] = Counter(best[~out]).most_common(1)[0][0]
            single[out] = gains[~out].mean().idxmax()
    return Tree(
        rules=_rules(grown, filled, best),
        accuracy=float((named == best).mean()),
        guessed=float((most == best).mean()),
        followed=_mean_gain(gains, named),
        everywhere=_mean_gain(gains, single),
    )


def _grown(traits: pd.DataFrame, best: pd.Series[Any]) -> Any:
    least = max(2, round(LEAST_IN_A_LEAF * len(traits)))
    tree = load()(max_depth=DEPTH, min_samples_leaf=least, random_state=SEED)
    return tree.fit(traits.to_numpy(), best.to_numpy())


def _folds(groups: pd.Series[Any]) -> pd.Series[Any]:
    """Deal groups out to folds, the largest first, each to the fold that has the fewest places."""
    sizes = np.zeros(FOLDS, np.int64)
    chosen = {}
    for group, size in (
        groups.value_counts(sort=False).sort_index().sort_values(ascending=False, kind="stable").items()
    ):
        fold = int(sizes.argmin())
        chosen[group] = fold
        sizes[fold] += size
    return groups.map(chosen)


def _mean_gain(gains: pd.DataFrame, named: pd.Series[Any]) -> float:
    return float(
        gains.to_numpy(np.float64)[np.arange(len(gains)), gains.columns.get_indexer(pd.Index(named))].mean()
    )


def _rules(tree: Any, traits: pd.DataFrame, best: pd.Series[Any]) -> pd.DataFrame:
    """Write every leaf as a row, in the order of the tree."""
    made, names = tree.tree_, list(traits.columns)
    leaves = tree.apply(traits.to_numpy())
    rows: list[dict[str, Any]] = []

    def descend(node: int, limits: dict[str, tuple[float, float]]) -> None:
        if made.children_left[node] == -1:
            own = best[leaves == node]
            name = str(tree.classes_[made.value[node][0].argmax()])
            rule = "; ".join(_limit(trait, *ends) for trait, ends in limits.items())
            rows.append(
                {"rule": rule, "best": name, "places": len(own), "share": float((own == name).mean())}
            )
            return
        trait, value = names[made.feature[node]], float(made.threshold[node])
        low, high = limits.get(trait, (-np.inf, np.inf))
        descend(int(made.children_left[node]), {**limits, trait: (low, value)})
        descend(int(made.children_right[node]), {**limits, trait: (value, high)})

    descend(0, {})
    return pd.DataFrame(rows)


def _limit(trait: str, low: float, high: float) -> str:
    if np.isinf(low):
        return f"{trait} up to {_short(high)}"
    return (
        f"{trait} above {_short(low)}" if np.isinf(high) else f"{trait} from {_short(low)} to {_short(high)}"
    )


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
