"""Workers of a Dask cluster that runs already: its scheduler's address is all that is needed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from analysis.errors import RequestError
from analysis.run_store import model_digest

CONNECT_WITHIN = 20.0
"""Seconds to wait for a scheduler."""


class DaskWorkers:
    """Work is done by a Dask cluster, through the executor of its client.

    Parameters
    ----------
    address
        Address of the scheduler, such as ``tcp://10.0.0.5:8786``.

    Raises
    ------
    RequestError
        If Dask is not installed, nobody answers there, or workers have another version of the model.
    """

    die_together = False
    """The scheduler gives what a dead worker had to others; only what kills several is given up."""

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client, KilledWorker  # noqa: PLC0415 - only who has a cluster needs it
        except ImportError:
            raise RequestError('Dask is not installed: pip install "knowledge-fountains[research]"') from None
        self._killed = KilledWorker
        try:
            self._client: Any = Client(address, timeout=CONNECT_WITHIN)
        except (OSError, ValueError, TimeoutError) as error:
            raise RequestError(
                f"--scheduler {address}: nobody answers there ({type(error).__name__}: {error}). Start one with "
                f"dask scheduler, and workers with dask worker {address}."
            ) from None
        self._check_versions(address)
        self._executor: Any = self._client.get_executor(pure=False)

    @property
    def size(self) -> int:
        """How many batches are worked on at a time: threads of all workers, at least two."""
        return max(2, sum(map(int, self._client.nthreads().values())))

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Hand over a call."""
        future: Future[Any] = self._executor.submit(function, *arguments)
        return future

    def alone(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Hand over a call that may have killed a worker; the scheduler watches over it as over any other."""
        return self.submit(function, *arguments)

    def has_died(self, error: BaseException) -> bool:
        """Tell whether an error means that workers died of a call."""
        return isinstance(error, self._killed)

    def renew(self) -> None:
        """Do nothing: the cluster replaces its workers itself."""

    def close(self, *, at_once: bool) -> None:
        """Let go of the cluster, which goes on without us."""
        self._executor.shutdown(wait=not at_once, cancel_futures=at_once)
        self._client.close(timeout=5)

    def _check_versions(self, address: str) -> None:
        """Refuse workers whose model would give other numbers."""
        try:
            found = self._client.run(model_digest)
        except Exception as error:  # noqa: BLE001 - whatever a worker says of it
            self._client.close(timeout=5)
            raise RequestError(
                f"--scheduler {address}: its workers cannot import this model ({error}). Start them where the same "
                f"version is installed, for instance in the folder of this checkout."
            ) from None
        others = sorted(worker for worker, digest in found.items() if digest != model_digest())
        if others or not found:
            self._client.close(timeout=5)
            reason = (
                f"another version of the model is installed on {', '.join(others)}"
                if others
                else "it has no workers"
            )
            raise RequestError(
                f"--scheduler {address}: {reason}; start workers with this version and try again."
            )
