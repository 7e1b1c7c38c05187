"""An emulator of the simulation: a fast guess of what it would give, with an interval, or a refusal."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import RequestError
from analysis.extras import needs

Values = npt.NDArray[np.float64]
Groups = npt.NDArray[np.int64]
P = ParamSpec("P")
R = TypeVar("R")

FOLDS = 5
COVERAGE, COVERED = 0.95, (0.90, 0.98)
"""What intervals are to hold, and what they must hold of runs that were held out."""
GOOD_ENOUGH = 0.5
"""Least share of what can be explained, luck left aside, that an emulator must explain to be used."""
LEAST_ROWS = 40
LARGEST_PROCESS = 600
"""Rows beyond which a Gaussian process takes longer than the runs that it spares."""
SEED = 0
PROCESS, TREES = "gaussian_process", "boosted_trees"


@contextmanager
def _library() -> Iterator[None]:
    """Use one thread: for so few rows, threads that wait for each other take most of the time."""
    with needs("optimise", "scikit-learn, which the emulator is made with,", "threadpoolctl", "sklearn"):
        # Imported first: only threads that are there can be held back.
        from sklearn.exceptions import ConvergenceWarning  # noqa: PLC0415
        from threadpoolctl import threadpool_limits  # noqa: PLC0415
    with threadpool_limits(limits=1), warnings.catch_warnings():
        # A scale at the end of its range is what there is; held-out error says whether it is good.
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield


def _alone(function: Callable[P, R]) -> Callable[P, R]:
    @wraps(function)
    def alone(*args: P.args, **kwargs: P.kwargs) -> R:
        with _library():
            return function(*args, **kwargs)

    return alone


@dataclass(frozen=True)
class Accuracy:
    """How good an emulator is, on rows that it was not trained with: each is held out once.

    Attributes
    ----------
    kind
        ``"gaussian_process"`` or ``"boosted_trees"``: whichever was better in cross-validation.
    rows
        Rows that there are.
    explained
        Share of their variance that is explained.
    luck
        Share of it that is luck of few seeds, which nobody can explain; NaN where that is not known.
    error
        Root mean square error.
    covered
        Share of rows inside their 95% interval.
    """

    kind: str
    rows: int
    explained: float
    luck: float
    error: float
    covered: float

    @property
    def of_explicable(self) -> float:
        """Share that is explained of what could be."""
        possible = 1 - (self.luck if np.isfinite(self.luck) else 0.0)
        return min(1.0, max(0.0, self.explained) / possible) if possible > 0 else 0.0

    @property
    def holds(self) -> bool:
        """Whether intervals hold what they promise, to the nearest row."""
        inside = round(self.covered * self.rows)
        return bool(COVERED[0] * self.rows <= inside <= np.ceil(COVERED[1] * self.rows))

    @property
    def good(self) -> bool:
        """Whether it may stand for runs."""
        return self.of_explicable >= GOOD_ENOUGH and self.holds

    def refusal(self) -> str:
        """Say why it may not stand for runs; nothing where it may."""
        if self.of_explicable < GOOD_ENOUGH:
            return (
                f"explains {100 * self.of_explicable:.0f}% of what is not luck on runs that it has not seen, and "
                f"{100 * GOOD_ENOUGH:.0f}% are needed to stand for runs"
            )
        low, high = (round(100 * end) for end in COVERED)
        return (
            ""
            if self.holds
            else f"has {100 * self.covered:.0f}% of held-out runs in its 95% intervals, and {low} to {high}% are needed"
        )


@dataclass(frozen=True)
class Emulator:
    """Guesses what runs would give; made by `train`.

    Attributes
    ----------
    columns
        Columns of inputs, in order.
    accuracy
        How good it is.
    models, left_out, member
        Models that were each trained without a part of the rows, how far these were off on that part, and which
        model left a row out.
    """

    columns: tuple[str, ...]
    accuracy: Accuracy
    models: tuple[Any, ...]
    left_out: Values
    member: Groups

    def predict(self, inputs: pd.DataFrame, *, even_if_poor: bool = False) -> pd.DataFrame:
        """Guess.

        Parameters
        ----------
        inputs
            A row for each guess, with all `columns`.
        even_if_poor
            Whether to guess where the emulator is not good enough to stand for runs.

        Returns
        -------
        pandas.DataFrame
            ``mean``, the ends ``low`` and ``high`` of the 95% interval of what a run (or a mean of runs like those
            that it learnt from) would give (CV+: Barber et al. 2021), and ``unsure``: how far models differ that were
            trained without a part of the runs, which says where more runs help.

        Raises
        ------
        RequestError
            If it is not good enough and nobody insisted.
        """
        why = self.accuracy.refusal()
        if why and not even_if_poor:
            raise RequestError(
                field="emulator",
                rule=why,
                remedy="make more runs, or more seeds of each, and train it again.",
            )
        with _library():
            guesses = _guesses(self.models, inputs[list(self.columns)].to_numpy(np.float64))
        return _intervals(guesses, self.left_out, self.member).assign(unsure=guesses.std(axis=0))


def _guesses(models: Sequence[Any], x: Values) -> Values:
    return np.array([model.predict(x) for model in models])


def _intervals(guesses: Values, left_out: Values, member: Groups) -> pd.DataFrame:
    tail = (1 - COVERAGE) / 2
    # Each end errs on one side only, so that both hold 95% between them.
    low = np.quantile(guesses[member] - left_out[:, None], 2 * tail, axis=0)
    high = np.quantile(guesses[member] + left_out[:, None], 1 - 2 * tail, axis=0)
    return pd.DataFrame({"mean": guesses.mean(axis=0), "low": low, "high": high})


@_alone
def train(
    inputs: pd.DataFrame, output: Values, *, noise: Values | None = None, groups: Sequence[Any] | None = None
) -> Emulator:
    """Train an emulator, hold each row out once to test it, and train it again with all of them.

    A Gaussian process with one length scale (smooth surfaces over few parameters, few runs) and gradient boosted trees
    (many levers, steps, switches) are tried; the one with the smaller error in cross-validation is kept.

    Parameters
    ----------
    inputs
        Numbers, a row for each run or mean of runs.
    output
        What came out, shape (rows,).
    noise
        Variance of each output that is luck of seeds, shape (rows,), where it is known.
    groups
        What must not be divided between training and test, such as the policy of a run; rows by default.

    Returns
    -------
    Emulator
        With its accuracy on rows that were held out.

    Raises
    ------
    RequestError
        If there are fewer than 40 rows, or fewer than 10 groups.
    """
    x, y = inputs.to_numpy(np.float64), np.asarray(output, np.float64)
    member = pd.factorize(np.arange(len(x)) if groups is None else np.asarray(groups))[0].astype(np.int64)
    if len(x) < LEAST_ROWS or member.max() + 1 < 2 * FOLDS:
        raise RequestError(
            field="emulator", rule=f"there are {len(x)} rows to learn from in {len(set(member))} groups; {LEAST_ROWS} "
            f"in {2 * FOLDS} are needed", remedy="make more runs.",
        )  # fmt: skip
    kind = _better(x, y, _folds(member, 0))
    guessed = pd.DataFrame(index=range(len(y)), columns=["mean", "low", "high"], dtype=float)
    outer = _folds(member, 1)
    for part in range(FOLDS):
        kept, out = outer != part, outer == part
        models, left_out, inner = _crossed(kind, x[kept], y[kept], _folds(member[kept], 2))
        guessed[out] = _intervals(_guesses(models, x[out]), left_out, inner).to_numpy()
    variance, off = float(np.var(y)), y - guessed["mean"].to_numpy()
    inside = (guessed["low"] <= y) & (y <= guessed["high"])
    accuracy = Accuracy(
        kind, len(x), float(1 - np.mean(off**2) / variance) if variance else 0.0,
        np.nan if noise is None or not variance else min(1.0, float(np.mean(noise) / variance)),
        float(np.sqrt(np.mean(off**2))), float(inside.mean()),
    )  # fmt: skip
    return Emulator(tuple(inputs.columns), accuracy, *_crossed(kind, x, y, _folds(member, 3)))


def _folds(member: Groups, seed: int) -> Groups:
    """Divide groups evenly into parts by lot; give the part of each row."""
    known, place = np.unique(member, return_inverse=True)
    drawn = np.random.default_rng((SEED, seed)).permutation(np.arange(len(known)) % FOLDS)
    folds: Groups = drawn[place]
    return folds


def _better(x: Values, y: Values, fold: Groups) -> str:
    if len(x) > LARGEST_PROCESS:
        return TREES
    # Two parts tell which is better; all of them would take longer.
    errors = {
        kind: sum(
            float(np.sum((y[fold == part] - _fit(kind, x, y, fold != part).predict(x[fold == part])) ** 2))
            for part in (0, 1)
        )
        for kind in (PROCESS, TREES)
    }
    return min(errors, key=errors.__getitem__)


def _crossed(kind: str, x: Values, y: Values, fold: Groups) -> tuple[tuple[Any, ...], Values, Groups]:
    parts = np.unique(fold)
    models = tuple(_fit(kind, x, y, fold != part) for part in parts)
    left_out = np.empty(len(y))
    for model, part in zip(models, parts, strict=True):
        left_out[fold == part] = np.abs(y[fold == part] - model.predict(x[fold == part]))
    return models, left_out, np.searchsorted(parts, fold)


def _fit(kind: str, x: Values, y: Values, rows: npt.NDArray[np.bool_]) -> Any:
    # Imported late: few emulate, and it is optional.
    from sklearn.ensemble import HistGradientBoostingRegressor  # noqa: PLC0415
    from sklearn.gaussian_process import GaussianProcessRegressor  # noqa: PLC0415
    from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415

    if kind == TREES:
        model: Any = HistGradientBoostingRegressor(
            learning_rate=0.1, max_iter=80, max_leaf_nodes=8, min_samples_leaf=8, l2_regularization=1.0,
            random_state=SEED,
        )  # fmt: skip
    else:
        smooth = ConstantKernel(1.0, (1e-2, 1e2)) * Matern(3.0, (0.3, 100.0), nu=2.5)
        process = GaussianProcessRegressor(
            smooth + WhiteKernel(0.3, (1e-4, 10.0)), normalize_y=True, random_state=SEED
        )
        model = make_pipeline(StandardScaler(), process)
    return model.fit(x[rows], y[rows])


def encoded(
    table: pd.DataFrame, together: Mapping[str, Sequence[str]] | None = None
) -> tuple[pd.DataFrame, dict[str, list[str]]]:
    """Turn a table of levers into numbers.

    Parameters
    ----------
    table
        A row for each policy; numbers stay, words get a column for each value.
    together
        Columns of which one means nothing without the others, by the name that they get together.

    Returns
    -------
    tuple
        The numbers, and for each lever the columns that stand for it; columns in which nothing differs are left out.
    """
    owners = {column: name for name, columns in (together or {}).items() for column in columns}
    moving = table.loc[:, (table != table.iloc[0]).any()]
    numbers = pd.get_dummies(moving, prefix_sep="=", dtype=float).astype(float)
    stand: dict[str, list[str]] = {}
    for column in numbers:
        name = str(column).partition("=")[0]
        stand.setdefault(owners.get(name, name), []).append(str(column))
    return numbers, stand


@_alone
def importance(
    inputs: pd.DataFrame, output: Values, stand: Mapping[str, Sequence[str]], *, repeats: int = 5
) -> pd.DataFrame:
    """Say which inputs matter, with luck told apart.

    Trees are trained on four parts of five and tested on the fifth: importance is the variance that is lost when the
    values of one input are shuffled there, in percent of the variance of the output (Breiman 2001). Beside every input
    they are given a shadow, the same values shuffled beforehand: what a shadow seems to explain is luck (Kursa
    & Rudnicki 2010). Where trees explain nothing of what they have not seen, no input is told from luck.

    Parameters
    ----------
    inputs, output
        See `train`.
    stand
        Columns that stand for each input, see `encoded`.
    repeats
        How often the rows are divided into parts anew.

    Returns
    -------
    pandas.DataFrame
        ``lever``, ``importance`` with the ends ``low`` and ``high`` of its range over divisions, ``luck``: the most
        that any shadow seems to explain, and ``told_apart``: whether it lies above that, and trees explain anything.
    """
    y, width = np.asarray(output, np.float64), inputs.shape[1]
    whole = float(y.var()) * len(y) or 1.0
    order = list(inputs.columns)
    places: dict[Any, list[int]] = {name: [order.index(each) for each in own] for name, own in stand.items()}
    places |= {(name,): [width + place for place in own] for name, own in list(places.items())}
    found: list[dict[Any, float]] = []
    for repeat in range(repeats):
        generator = np.random.default_rng((SEED, repeat))
        x = np.column_stack(
            [inputs.to_numpy(np.float64), inputs.to_numpy(np.float64)[generator.permutation(len(y))]]
        )
        fold = _folds(np.arange(len(y)), 10 + repeat)
        # What no input explains comes last.
        lost: dict[Any, float] = dict.fromkeys([*places, None], 0.0)
        for part in range(FOLDS):
            model, own, truth = _fit(TREES, x, y, fold != part), x[fold == part], y[fold == part]
            before = float(np.sum((truth - model.predict(own)) ** 2))
            lost[None] += before
            for name, columns in places.items():
                shuffled = own.copy()
                shuffled[:, columns] = own[generator.permutation(len(own))][:, columns]
                lost[name] += float(np.sum((truth - model.predict(shuffled)) ** 2)) - before
        found.append({name: 100 * value / whole for name, value in lost.items()})
    table = pd.DataFrame(found)
    own, shadows = table[list(stand)], table[[(name,) for name in stand]].to_numpy()
    luck, explains = float(shadows.max(initial=0.0)), bool(table.iloc[:, -1].mean() < 100)
    result = pd.DataFrame({
        "importance": own.mean(), "low": own.min(), "high": own.max(), "luck": luck,
        "told_apart": explains & (own.mean() > luck),
    })  # fmt: skip
    result = result.rename_axis("lever").reset_index()
    return result.sort_values("importance", ascending=False, kind="stable", ignore_index=True)
