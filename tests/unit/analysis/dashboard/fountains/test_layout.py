"""Where domains lie: in the bay of their sector, apart from each other, and in the middle if they serve all."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from analysis.dashboard.fountains.layout import MIDDLE, layout_of
from model.loading import library, load_scenario
from model.space import build_space
from model.streams import Streams


@pytest.mark.parametrize("story", library())
def test_every_domain_lies_in_the_bay_of_its_sector_and_apart(story: str) -> None:
    space = build_space(load_scenario(story).knowledge_space, Streams(1))
    layout = layout_of(space)
    assert layout["bays"][0][0] == pytest.approx(-math.pi, abs=1e-3)
    assert layout["bays"][-1][1] == pytest.approx(math.pi, abs=1e-3)
    for home, (angle, radius) in zip(layout["homes"], layout["springs"], strict=True):
        if home < 0:
            assert radius <= MIDDLE
        else:
            begin, end = layout["bays"][home]
            assert begin < angle < end
            assert MIDDLE < radius < 1
    spots = [radius * np.exp(1j * angle) for angle, radius in layout["springs"]]
    assert min(abs(one - other) for one, other in itertools.combinations(spots, 2)) > 0.03
    assert layout_of(space) == layout
