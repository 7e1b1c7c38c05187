"""Keyed random numbers in plain Python: SplitMix64 on whole numbers modulo 2**64."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

_WORD = 2**64 - 1
_GOLDEN = 0x9E3779B97F4A7C15
_DRAW = 0xD1B54A32D192ED03


def mix(value: int) -> int:
    """Scatter the bits of a 64-bit number (SplitMix64; Steele, Lea & Flood 2014)."""
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _WORD
    return value ^ (value >> 31)


def stream_key(seed: int, name: str, step: int) -> int:
    """Key of a named stream at a step: it depends on the seed, the name and the step alone."""
    digest = hashlib.blake2b(f"{seed}:{name}".encode(), digest_size=8).digest()
    return mix((int.from_bytes(digest, "little") + step * _GOLDEN) & _WORD)


@dataclass(frozen=True)
class Luck:
    """A random stream at one step: each thing that draws has a sequence of its own."""

    key: int

    def uniform(self, who: int, draw: int) -> float:
        """Number in (0, 1) at a place of somebody's sequence."""
        value = mix((self.key + who * _GOLDEN) & _WORD)
        value = mix((value + draw * _DRAW) & _WORD)
        return ((value >> 11) + 0.5) * 2.0**-53

    def normal(self, who: int, draw: int) -> float:
        """Standard normal number from two places of the sequence (Box & Muller 1958)."""
        radius = math.sqrt(-2.0 * math.log(self.uniform(who, draw)))
        return radius * math.cos(2.0 * math.pi * self.uniform(who, draw + 1))

    def index(self, who: int, draw: int, count: int) -> int:
        """One of ``count`` places, all alike likely."""
        return min(count - 1, int(self.uniform(who, draw) * count))
