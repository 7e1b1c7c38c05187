"""The folder of a region's profile: tables, figures, and the region as a scenario."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from analysis import store
from analysis.figures import style
from analysis.figures.region_opportunities import region_opportunities
from analysis.figures.region_strengths import region_strengths
from analysis.provenance import environment
from analysis.regions.application import with_region
from analysis.regions.profile import Profile
from model.loading import dump_scenario
from model.scenario import Scenario

FORMATS = ("png", "svg")


def publish_profile(
    profile: Profile,
    folder: Path,
    identity: str,
    *,
    theme: str | None = "light",
    priorities: pd.DataFrame | None = None,
) -> None:
    """Write a profile into a folder, whole or not at all.

    Parameters
    ----------
    profile
        Profile of a region.
    folder
        Where to; an earlier profile there is replaced.
    identity
        What was asked for, so that the same is replaced and nothing else.
    theme
        ``"light"`` or ``"dark"`` figures, None for no figures.
    priorities
        Where the priorities of its strategy sit, see `analysis.regions.strategies.seat_of_priorities`, if it has
        one.
    """
    title = profile.region.short_name
    marked = None if priorities is None else tuple(dict.fromkeys(priorities["code"]))
    figures: dict[str, Callable[..., Figure]] = {
        "relatedness_and_complexity": partial(region_opportunities, priorities=marked),
        "strengths": region_strengths,
    }

    def fill(fresh: Path) -> None:
        store.write_table(fresh / "data", "domains", profile.domains)
        store.write_table(fresh / "data", "summary", profile.summary)
        if priorities is not None:
            store.write_table(fresh / "data", "priorities", priorities)
        scenario = with_region(Scenario(), profile.region)
        (fresh / "scenario.toml").write_text(dump_scenario(scenario), encoding="utf-8", newline="\n")
        if theme is not None:
            (fresh / "figures").mkdir()
            for name, draw in figures.items():
                figure = draw(profile.domains, title, theme=theme)
                for suffix in FORMATS:
                    style.save(figure, fresh / "figures" / f"{name}.{suffix}")
        about = profile.region.members.about
        content = {"kind": "profile of a region", "identity": identity, "region": profile.region.code,
                   "source": about.source, "complete": True, **environment()}  # fmt: skip
        store.write_manifest(fresh, content)

    store.write_folder(folder, fill)
