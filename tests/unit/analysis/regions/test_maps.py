"""The map of relatedness and complexity of a region: names that can be read beside points that can be seen."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.text import Annotation, Text

from analysis.regions.catalogue import find_region
from analysis.regions.figures.region_opportunities import region_opportunities
from analysis.regions.profile import region_profile
from tests.unit.analysis.legible import illegible


@pytest.mark.parametrize("code", ["RO21", "ITH5", "EL30", "FI19"])
def test_names_on_the_map_of_a_region_hide_neither_points_nor_names(code: str) -> None:
    found = region_profile(find_region(code))
    figure = region_opportunities(found.domains, "A region")
    assert illegible(figure) == []
    (ax,) = figure.axes
    points = np.vstack([ax.transData.transform(each.get_offsets()) for each in ax.collections])
    names = [text for text in ax.texts if isinstance(text, Annotation)]
    assert len(names) == 14
    hidden = {name.get_text(): int(Text.get_window_extent(name).count_contains(points)) for name in names}
    assert sum(hidden.values()) == 0, hidden
