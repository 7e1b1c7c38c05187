"""Where compiled kernels are kept: a folder of their own for every version of their source."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numba

_DAY = 86_400.0
_NUMBA: Any = numba.config


def _fingerprint() -> str:
    """Digest of the source of all kernels.

    Numba looks for changes in a function's own file only, and would go on using a kernel whose callees in
    other files have changed.
    """
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _cache_folder() -> str | None:
    """The first folder that can be written: where numba is told to, beside the kernels, or in the home folder."""
    name = f"kernels-{_fingerprint()}"
    bases = [Path(_NUMBA.CACHE_DIR)] if _NUMBA.CACHE_DIR else []
    bases.append(Path(__file__).parent / "__pycache__")
    with suppress(RuntimeError):  # Without a home folder.
        bases.append(Path.home() / ".cache" / "knowledge-fountains")
    for base in bases:
        folder = base / name
        try:
            if not folder.exists():
                folder.mkdir(parents=True)
                _forget_old(base, folder)
            with tempfile.TemporaryFile(dir=folder):
                return str(folder)
        except OSError:
            continue
    return None


def _forget_old(base: Path, current: Path) -> None:
    """Remove what earlier versions left here and nobody has used for a day."""
    for folder in base.glob("kernels-*"):
        if folder != current and time.time() - folder.stat().st_mtime > _DAY:
            shutil.rmtree(folder, ignore_errors=True)


def use_real_path(function: Callable[..., Any]) -> None:
    """Let a function forget by which links its file was reached, so that all ways to it share one cache.

    Parameters
    ----------
    function
        Function whose code is changed in place.
    """
    code = function.__code__
    function.__code__ = code.replace(co_filename=str(Path(code.co_filename).resolve()))


CACHE_FOLDER = _cache_folder()
"""Folder that holds the compiled kernels of this version; None where no folder can be written."""
