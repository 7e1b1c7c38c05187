"""The simulation is compiled before the first run, and whoever listens is told how far that is."""

from __future__ import annotations

from analysis.runs.progress import Listener, Note, Progress
from model.region import warm_up


def compile_first(progress: Listener) -> None:
    """Compile what will run, if that was not done before.

    Parameters
    ----------
    progress
        Told how far it is; not called where all was compiled before.
    """
    warm_up(
        lambda text: progress(Note(text)),
        lambda done, total: progress(Progress("Compiling", done, total, of="parts")),
    )
