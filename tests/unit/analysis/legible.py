"""Whether every text of a figure can be read: none is cut off, none lies over another."""

from __future__ import annotations

import itertools

import numpy as np
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox


def boxes(figure: Figure) -> list[tuple[str, Bbox]]:
    """Where every text is that would be seen, in pixels."""
    figure.draw_without_rendering()
    axes = [axis for ax in figure.axes for axis in (ax.xaxis, ax.yaxis)]
    # An axis keeps labels beyond its ends that it does not draw.
    drawn = {tick.label1 for axis in axes for tick in axis._update_ticks()}
    kept = {tick.label1 for axis in axes for tick in (*axis.majorTicks, *axis.minorTicks)}
    texts = [text for text in figure.findobj(Text) if text not in kept - drawn]
    return [
        # That of an annotation would have its arrow in it.
        (text.get_text(), Text.get_window_extent(text))
        for text in texts
        if text.get_visible() and text.get_text().strip()
    ]


def illegible(figure: Figure) -> list[str]:
    """Tell which texts are cut off, and which pairs share two square pixels or more."""
    found = boxes(figure)
    texts = [text for text, _ in found]
    low, high = (np.array([getattr(box, end) for _, box in found]) for end in ("min", "max"))
    frame = figure.bbox
    cut = (low < frame.min).any(axis=1) | (high > (frame.x1 + 1, frame.y1)).any(axis=1)
    shared = np.minimum(high[:, None], high) - np.maximum(low[:, None], low)
    over = (shared > 0).all(axis=2) & (shared.prod(axis=2) >= 2)
    pairs = itertools.combinations(range(len(texts)), 2)
    return [
        *(f"{text} is cut off" for text, is_cut in zip(texts, cut, strict=True) if is_cut),
        *(f"{texts[one]} lies over {texts[other]}" for one, other in pairs if over[one, other]),
    ]
