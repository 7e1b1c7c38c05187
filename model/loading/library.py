"""The stories that ship, and how a scenario is referred to: by the name of a story or the path of a file."""

from __future__ import annotations

from pathlib import Path

from model.loading.errors import ScenarioError
from model.loading.reading import SUFFIX, shown
from model.spec import phrases
from model.spec.problem import nearest

FOLDER = Path(__file__).resolve().parents[2] / "scenarios" / "library"
REGIONS = FOLDER.parent / "regions"
AS_SCENARIOS = "as_scenarios"


def library() -> dict[str, Path]:
    """List the stories that ship.

    Returns
    -------
    dict
        Name of each story and its file, in alphabetical order.
    """
    return {path.stem: path for path in sorted(FOLDER.glob(f"*{SUFFIX}"))}


def measured_regions() -> dict[str, Path]:
    """List the measured regions that are kept as scenarios, for others to extend.

    Returns
    -------
    dict
        Code of each region and its file.
    """
    return {path.stem: path for path in sorted(REGIONS.glob(f"*/{AS_SCENARIOS}/*{SUFFIX}"))}


def find(reference: str | Path) -> Path:
    """Find the file of a scenario.

    Parameters
    ----------
    reference
        Name of a story, or path of a file that ends in ``.toml``.

    Returns
    -------
    Path
        Path of the file; whether it can be read is seen later.

    Raises
    ------
    ScenarioError
        If it is neither.
    """
    stories = library()
    if isinstance(reference, str) and reference in stories:
        return stories[reference]
    path = Path(reference)
    if path.suffix != SUFFIX and path.is_dir() and str(reference):
        raise ScenarioError(f"{shown(path)}: is a folder; a scenario is a file that ends in {SUFFIX}")
    if path.suffix == SUFFIX and path.stem:
        return path
    raise ScenarioError(f"{phrases.value(str(reference), 100)}: {_is_no_story(str(reference), stories)}")


def _is_no_story(name: str, stories: dict[str, Path]) -> str:
    similar = nearest(Path(name).name, stories)
    meant = f'; did you mean "{similar}"?' if similar else ""
    listed = ", ".join(stories)
    return f"is neither the name of a story ({listed}) nor the path of a file that ends in {SUFFIX}{meant}"


def find_parent(child: Path, name: str, reference: object) -> Path:
    """Find the file that a scenario extends.

    A scenario extends a story that ships, a measured region that is kept as a scenario, or a file beside it or
    in a folder below it: what is handed on as a folder stays whole, and a scenario from somebody else opens no
    other file.

    Parameters
    ----------
    child
        File that extends it.
    name
        Name of that file in messages.
    reference
        What the file says.

    Returns
    -------
    Path
        Path of the file.

    Raises
    ------
    ScenarioError
        If the reference is neither.
    """
    where = f"{name}: extends = {phrases.value(reference)}"
    if not isinstance(reference, str):
        raise ScenarioError(
            f"{where}: must be text, the name of a story or the path of a file beside this one"
        )
    stories = library()
    known = {**measured_regions(), **stories}
    if reference in known:
        return known[reference]
    if not reference.endswith(SUFFIX):
        raise ScenarioError(f"{where}: {_is_no_story(reference, stories)}")
    try:
        folder = child.resolve().parent
        parent = (folder / reference).resolve()
    except (OSError, RuntimeError, ValueError):
        raise ScenarioError(f"{where}: cannot be the name of a file") from None
    if not parent.is_relative_to(folder):
        raise ScenarioError(
            f"{where}: must be a file beside this one or in a folder below it, or the name of a story "
            f"({', '.join(stories)})"
        )
    return parent
