"""Keyed random numbers: a number depends on its key, its carrier and its place in the sequence alone.

Two runs that share a seed therefore share their luck, whatever else differs between them
(common random numbers). The mixing function is SplitMix64 (Steele, Lea & Flood 2014), applied twice.
"""

from __future__ import annotations

import math

import numpy as np

from model.kernels.compilation import kernel, part

_CARRIER = np.uint64(0x9E3779B97F4A7C15)
_DRAW = np.uint64(0xD1B54A32D192ED03)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_30, _27, _31, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_SCALE = 2.0**-53


@part
def mix(value):
    """Scatter the bits of a 64-bit number (SplitMix64 finaliser).

    Parameters
    ----------
    value
        Unsigned 64-bit integer.

    Returns
    -------
    int
        Unsigned 64-bit integer.
    """
    value = (value ^ (value >> _30)) * _FIRST
    value = (value ^ (value >> _27)) * _SECOND
    return value ^ (value >> _31)


@part
def uniform(key, carrier, draw):
    """Draw a number uniform in (0, 1), never 0 or 1.

    Parameters
    ----------
    key
        Key of stream and step (unsigned 64-bit).
    carrier
        Persistent id of the carrier, domain or other thing that draws.
    draw
        Place in the sequence of this carrier.

    Returns
    -------
    float
        Value in the open unit interval.
    """
    value = mix(key + np.uint64(carrier) * _CARRIER)
    value = mix(value + np.uint64(draw) * _DRAW)
    return (float(value >> _11) + 0.5) * _SCALE


@part
def normal(key, carrier, draw):
    """Draw a standard normal number; uses the draws ``draw`` and ``draw + 1`` (Box & Muller 1958).

    Parameters
    ----------
    key, carrier, draw
        As for :func:`uniform`.

    Returns
    -------
    float
        Standard normal value.
    """
    radius = math.sqrt(-2.0 * math.log(uniform(key, carrier, draw)))
    return radius * math.cos(2.0 * math.pi * uniform(key, carrier, draw + 1))


@kernel
def one_uniform(key, carrier, draw):
    """Draw what :func:`uniform` draws; for Python, where one number is wanted now and then.

    Parameters
    ----------
    key, carrier, draw
        As for :func:`uniform`.

    Returns
    -------
    float
        Value in the open unit interval.
    """
    return uniform(key, carrier, draw)
