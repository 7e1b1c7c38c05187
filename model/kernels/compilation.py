"""How a kernel is compiled: cached on disk where a folder can be written, in memory where none can."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba

from model.kernels.cache_folder import CACHE_FOLDER, use_real_path

_NUMBA: Any = numba.config
_NJIT: Any = numba.njit
# Nobody calls kernels from C: without an entry for that, they are compiled a little faster.
_OPTIONS = {"error_model": "numpy", "nogil": True, "no_cfunc_wrapper": True}

KERNELS: list[Any] = []
"""Every compiled function that Python calls, in order of declaration; for warming up and for timing."""


def kernel(function: Callable[..., Any]) -> Any:
    """Compile a function of arrays and scalars on first use.

    Arithmetic is strict (no ``fastmath``), so that the same input gives the same bits; division by
    zero follows numpy instead of raising, so that loops can be vectorised.

    Parameters
    ----------
    function
        Function to compile.

    Returns
    -------
    numba.core.dispatcher.Dispatcher
        The compiled function.
    """
    use_real_path(function)
    before = _NUMBA.CACHE_DIR
    _NUMBA.CACHE_DIR = CACHE_FOLDER or before
    try:
        compiled = _NJIT(cache=CACHE_FOLDER is not None, **_OPTIONS)(function)
    finally:
        _NUMBA.CACHE_DIR = before
    KERNELS.append(compiled)
    return compiled


def part(function: Callable[..., Any]) -> Any:
    """Compile a function that only kernels call into each of them.

    It is not cached for itself: what comes from the cache cannot be inlined, and a call costs more than
    what such a function does.

    Parameters
    ----------
    function
        Function to compile.

    Returns
    -------
    numba.core.dispatcher.Dispatcher
        The compiled function.
    """
    return _NJIT(**_OPTIONS)(function)


def inlined(function: Callable[..., Any]) -> Any:
    """Copy a function into every place of a kernel that calls it: for the innermost work on arrays.

    Unlike with :func:`part` no array is handed over, which costs as much as working through one. Every
    copy has to be compiled.

    Parameters
    ----------
    function
        Function to copy.

    Returns
    -------
    numba.core.dispatcher.Dispatcher
        The compiled function.
    """
    return _NJIT(inline="always", **_OPTIONS)(function)
