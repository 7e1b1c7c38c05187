"""How a kernel is compiled: cached on disk where a folder can be written, in memory where none can."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba

from model.kernels.cache_folder import CACHE_FOLDER, use_real_path

_NUMBA: Any = numba.config

KERNELS: list[Any] = []
"""Every compiled function, in order of declaration; used for warming up and for timing."""


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
        compiled = numba.njit(cache=CACHE_FOLDER is not None, error_model="numpy", nogil=True)(function)
    finally:
        _NUMBA.CACHE_DIR = before
    KERNELS.append(compiled)
    return compiled
