"""Standard streams that cannot fail: a closed pipe or a full disk behind them must not cost what was computed."""

from __future__ import annotations

import errno
import io
import sys
from typing import Any, TextIO

GONE = frozenset({errno.EPIPE, errno.EINVAL, errno.ESHUTDOWN})
"""Nobody reads any longer, as behind `| head`; Windows calls it an invalid argument."""

_saved: list[str] = []


class Unfailing(io.FileIO):
    """A stream that drops what it cannot write, and remembers why."""

    failure: OSError | None = None

    def write(self, content: Any) -> int:
        """Write, or drop."""
        if self.failure is None:
            try:
                written: int | None = super().write(content)
            except BlockingIOError:
                raise
            except OSError as error:
                self.failure = error
            else:
                return written or 0
        return memoryview(content).nbytes


def note_saved(place: str) -> None:
    """Note that results are on disk, so that it is no failure if they cannot be shown, too."""
    _saved.append(place)


def secure() -> None:
    """Put unfailing streams in the place of standard output and standard error, terminals of Windows apart."""
    for name in ("stdout", "stderr"):
        stream: TextIO | None = getattr(sys, name)
        if stream is None:
            # Without any, as under pythonw; what is written goes nowhere.
            setattr(sys, name, io.TextIOWrapper(io.BytesIO(), "utf-8"))
        elif hasattr(stream, "fileno") and not (sys.platform == "win32" and stream.isatty()):
            setattr(sys, name, _secured(stream))


def _secured(stream: TextIO) -> TextIO:
    stream.flush()
    raw = Unfailing(stream.fileno(), "w", closefd=False)
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        stream.encoding,
        # What a narrow encoding lacks must not cost the rest either.
        "backslashreplace" if stream.errors == "strict" else stream.errors,
        line_buffering=stream.isatty() or stream is sys.__stderr__,
    )


def failure_of(stream: Any) -> OSError | None:
    """Return why a stream could not be written, or None."""
    stream.flush()
    raw = getattr(getattr(stream, "buffer", None), "raw", None)
    return raw.failure if isinstance(raw, Unfailing) else None


def conclude(code: int) -> int:
    """Tell of output that was lost, and give the exit code: a result that is nowhere is a failure.

    Parameters
    ----------
    code
        Exit code so far.

    Returns
    -------
    int
        The same, or 1 where standard output was all that a command would leave.
    """
    failure = failure_of(sys.stdout)
    if failure is None or failure.errno in GONE:
        return code
    kept = f"results are in {_saved[-1]}" if _saved else "write it elsewhere"
    print(  # noqa: T201 - the last word, when everything else is over
        f"Warning: standard output cannot be written ({failure.strerror or failure}); {kept}.",
        file=sys.stderr,
    )
    failure_of(sys.stderr)
    return code if _saved else code or 1
