"""Named random streams: one seed a run, one key per process, decision and step."""

from __future__ import annotations

import hashlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_DRAW = np.uint64(0xD1B54A32D192ED03)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


def _mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    values = (values ^ (values >> np.uint64(30))) * _FIRST
    values = (values ^ (values >> np.uint64(27))) * _SECOND
    return values ^ (values >> np.uint64(31))


def uniforms(
    key: np.uint64, carriers: NDArray[np.int64] | int, draws: NDArray[np.int64] | int
) -> NDArray[np.float64]:
    """Draw many numbers uniform in (0, 1), the same as the compiled function draws one by one.

    Parameters
    ----------
    key
        Key of stream and step.
    carriers, draws
        Persistent ids and places in their sequences; broadcast against each other.

    Returns
    -------
    numpy.ndarray
        Values in the open unit interval.
    """
    with np.errstate(over="ignore"):
        values = _mix(key + np.atleast_1d(carriers).astype(np.uint64) * _GOLDEN)
        values = _mix(values + np.atleast_1d(draws).astype(np.uint64) * _DRAW)
    scaled: NDArray[np.float64] = ((values >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53
    return scaled


class Streams:
    """Keys of random streams, named by process and decision.

    A stream's keys depend on the run's seed and its own name only: a process that is switched off
    or draws more often leaves all other streams as they are.

    Parameters
    ----------
    seed
        Seed of the run.
    steps
        Number of steps for which keys are prepared; more are made when needed.
    """

    def __init__(self, seed: int, steps: int = 80) -> None:
        self.seed = int(seed)
        self._steps = max(1, int(steps))
        self._keys: dict[str, NDArray[np.uint64]] = {}

    def key(self, name: str, step: int) -> np.uint64:
        """Give the key of a stream at a step.

        Parameters
        ----------
        name
            ``"process.decision"``.
        step
            Step of the run, 0 for the start.

        Returns
        -------
        numpy.uint64
            Key for :func:`model.kernels.random_numbers.uniform`.
        """
        keys = self._keys.get(name)
        if keys is None or step >= len(keys):
            keys = self._prepare(name, max(step, self._steps) + 1)
        key: np.uint64 = keys[step]
        return key

    def _prepare(self, name: str, length: int) -> NDArray[np.uint64]:
        keys = self._keys[name] = _keys(self.seed, name, length)
        return keys


@lru_cache(maxsize=1024)
def _keys(seed: int, name: str, length: int) -> NDArray[np.uint64]:
    """Keys of a stream for so many steps; runs of one seed under several regimes share them."""
    digest = hashlib.blake2b(f"{seed}:{name}".encode(), digest_size=8).digest()
    base = np.uint64(int.from_bytes(digest, "little"))
    with np.errstate(over="ignore"):
        return _mix(base + np.arange(length, dtype=np.uint64) * _GOLDEN)
