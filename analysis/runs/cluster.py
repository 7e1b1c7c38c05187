"""Workers of a Dask cluster that runs already: its scheduler's address is all that is needed."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import cache
from importlib.metadata import version
from typing import Any

from analysis.errors import RequestError
from analysis.extras import needs
from analysis.runs.provenance import model_digest
from analysis.runs.streaming import WorkersLostError

CONNECT_WITHIN = 20.0
"""Seconds to wait for a scheduler."""

GONE = "the scheduler of the cluster is gone"

PATIENCE = 60.0
"""Seconds without a worker after which nobody is expected to come back."""

DECISIVE = ("numpy", "numba")
"""Libraries of which another version may give other bits."""


def _nobody(address: str, error: Exception) -> RequestError:
    return RequestError(
        f"--scheduler {address}: nobody answers there ({type(error).__name__}: {error}). Start one with "
        f"dask scheduler, and workers with dask worker {address}."
    )


@cache
def installed() -> dict[str, str]:
    """Give versions of everything that the numbers of a run depend on, as it is installed here."""
    return {"the model": model_digest(), **{name: version(name) for name in DECISIVE}}


def checked(wanted: dict[str, str], function: Callable[..., Any], *arguments: Any) -> Any:
    """Do in a worker what is asked, if it would give the numbers that are wanted.

    Workers may join a cluster at any time, so those that were there at the start are not all.

    Raises
    ------
    WorkersLostError
        If something here has another version.
    """
    others = _others(wanted, installed())
    if others:
        raise WorkersLostError(f"a worker joined the cluster that has another version of {others}")
    return function(*arguments)


def _others(wanted: dict[str, str], found: dict[str, str]) -> str:
    return ", ".join(name for name, value in wanted.items() if found.get(name) != value)


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
        with needs("research", "Dask", "dask", "distributed"):
            import dask  # noqa: PLC0415 - only who has a cluster needs it

            # Read when Dask is imported: what becomes of a cluster is told by us, in one line.
            dask.config.set({"logging": dict.fromkeys(("distributed", "distributed.client"), "critical")})
            from distributed import Client, KilledWorker  # noqa: PLC0415 - as above
        self._killed = KilledWorker
        try:
            self._client: Any = Client(address, timeout=CONNECT_WITHIN)
        except (OSError, ValueError, TimeoutError) as error:
            raise _nobody(address, error) from None
        self._check_versions(address)
        self._idle_since: float | None = None
        self._executor: Any = self._client.get_executor(pure=False)

    @property
    def size(self) -> int:
        """How many batches are worked on at a time: threads of all workers, at least two."""
        return max(2, self._threads())

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Hand over a call.

        Raises
        ------
        WorkersLostError
            If the scheduler is gone.
        """
        try:
            future: Future[Any] = self._executor.submit(checked, installed(), function, *arguments)
        except Exception as error:
            raise WorkersLostError(GONE) from error
        return future

    def alone(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Hand over a call that may have killed a worker; the scheduler watches over it as over any other."""
        return self.submit(function, *arguments)

    def has_died(self, error: BaseException) -> bool:
        """Tell whether an error means that workers died of a call."""
        return isinstance(error, self._killed)

    def check(self) -> None:
        """Notice when nobody works any more.

        Raises
        ------
        WorkersLostError
            If the scheduler is gone, or there has been no worker for some time.
        """
        if self._threads():
            self._idle_since = None
            return
        self._idle_since = self._idle_since or time.monotonic()
        if time.monotonic() - self._idle_since > PATIENCE:
            raise WorkersLostError("the cluster has no workers any more")

    def renew(self) -> None:
        """Do nothing: the cluster replaces its workers itself."""

    def close(self, *, at_once: bool) -> None:
        """Let go of the cluster, which goes on without us."""
        # Closed at once, the client takes what is under way back from the cluster.
        self._executor.shutdown(wait=not at_once)
        self._client.close(timeout=5)

    def _threads(self) -> int:
        try:
            return sum(map(int, self._client.nthreads().values()))
        except Exception as error:
            # What a client raises that lost its scheduler depends on what it was about to do.
            raise WorkersLostError(GONE) from error

    def _found(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = self._client.run(installed)
        return found

    def _check_versions(self, address: str) -> None:
        """Refuse workers whose model would give other numbers."""
        try:
            found = self._found()
        except OSError as error:
            # It went away after the first word.
            self._client.close(timeout=5)
            raise _nobody(address, error) from None
        except Exception as error:  # noqa: BLE001 - whatever a worker says of it
            self._client.close(timeout=5)
            raise RequestError(
                f"--scheduler {address}: its workers cannot import this model ({error}). Start them where the same "
                f"version is installed, for instance in the folder of this checkout."
            ) from None
        others = [
            f"another version of {different} is installed on {worker}"
            for worker, versions in sorted(found.items())
            if (different := _others(installed(), versions))
        ]
        if others or not found:
            self._client.close(timeout=5)
            reason = "; ".join(others) if others else "it has no workers"
            raise RequestError(
                f"--scheduler {address}: {reason}; start workers with this version and try again."
            )
