"""The worked examples of docs/extending: taken from the page, put into a copy of the project, run."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, EXTENDING, ROOT, Block, blocks, name_of

COPIED = ("model", "analysis", "scenarios", "docs/writers")
KERNELS = Path("model", "kernels")
# What the new thing is called, as it must appear in the generated pages; scenarios and studies are in none.
NAMES = {
    "regime": "regimes.cohesion.priorities",
    "instrument": "innovation_voucher",
    "process": "job_mobility",
    "observable": "young_knowledge",
    "organisation": "living_lab",
    "scenario": "",
    "study": "",
}
DRIVER = """
import json, sys, traceback
errors = {}
for page, script in json.load(sys.stdin).items():
    try:
        exec(script, {"__name__": "__main__"})
    except BaseException:
        errors[page] = traceback.format_exc()
print(json.dumps(errors))
"""
INSIDE = """
import model
from pathlib import Path
assert Path(model.__file__).parent.parent == Path.cwd(), model.__file__
"""
DOCUMENTED = """
from docs.writers.documentation import parts
from model.loading.generated import contents
assert {name!r} in "".join([*parts().values(), *contents().values()])
"""


def parts(page: Path) -> tuple[list[Block], list[Block], str]:
    """Give the files that a page adds, the changes that it makes, and what it runs."""
    files = [block for block in blocks(page) if block.title and block.language != "diff"]
    changes = [block for block in blocks(page) if block.language == "diff"]
    script = "".join(block.text for block in blocks(page) if block.language == "python" and not block.title)
    return files, changes, script


def change(text: str, difference: str) -> str:
    """Apply a difference: lines with a blank or a minus in front must be found once, and become the others."""
    lines = difference.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    assert text.count(before) == 1, f"the page's lines are {text.count(before)} times in the file:\n{before}"
    return text.replace(before, after)


def copy_project(folder: Path) -> None:
    """Copy the project; the copy shares the compiled kernels of this one."""

    def all_but_kernels(place: str, names: list[str]) -> set[str]:
        return {name for name in names if Path(place, name) == ROOT / KERNELS}

    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=all_but_kernels)
    try:
        (folder / KERNELS).symlink_to(ROOT / KERNELS, target_is_directory=True)
    except OSError:
        # Where links need a privilege: numba's cache holds in a copy, as times of files are copied too.
        shutil.copytree(ROOT / KERNELS, folder / KERNELS)


def apply(page: Path, folder: Path) -> str:
    """Put what a page adds into a copy of the project, and give what it then runs."""
    files, changes, script = parts(page)
    for block in files:
        target = folder / block.title
        assert not target.exists(), f"{block.title} is there already"
        target.parent.mkdir(exist_ok=True)
        target.write_text(block.text, "utf-8")
    for block in changes:
        target = folder / block.title
        target.write_text(change(target.read_text("utf-8"), block.text), "utf-8")
    return INSIDE + script + DOCUMENTED.format(name=NAMES[page.stem])


def check_together(pages: Sequence[Path], folder: Path) -> None:
    """Add what pages add to one copy of the project, and run there what they run."""
    copy_project(folder)
    work = {page.name: apply(page, folder) for page in pages}
    finished = subprocess.run(
        [sys.executable, "-W", "error", "-c", DRIVER],
        cwd=folder, input=json.dumps(work), capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert finished.returncode == 0, finished.stderr
    errors = json.loads(finished.stdout)
    assert not errors, "\n".join(errors.values())


@pytest.mark.slow
def test_the_examples_work_as_the_pages_say_together(tmp_path: Path) -> None:
    check_together(EXTENDING, tmp_path / "copy")


@pytest.mark.slow
@pytest.mark.parametrize("page", EXTENDING, ids=name_of)
def test_each_example_works_without_the_others(page: Path, tmp_path: Path) -> None:
    check_together([page], tmp_path / "copy")


@pytest.mark.parametrize("page", EXTENDING, ids=name_of)
def test_the_example_fails_without_what_the_page_adds(page: Path) -> None:
    _, _, script = parts(page)
    assert "assert" in script
    with pytest.raises((ValueError, LookupError, ImportError, AssertionError)):
        exec(script, {"__name__": "__main__"})  # noqa: S102 - it is our own page


@pytest.mark.parametrize("page", EXTENDING, ids=name_of)
def test_an_example_is_one_file_and_one_registry(page: Path) -> None:
    files, changes, _ = parts(page)
    assert len(files) == 1
    assert len({block.title for block in changes}) == (0 if page.stem == "scenario" else 1)


@pytest.mark.parametrize("page", EXTENDING, ids=name_of)
def test_the_example_keeps_to_the_style_of_the_project(page: Path) -> None:
    for block in parts(page)[0]:
        # The folder of a package that is new is not there to be seen.
        for command in (["check", "--ignore", "INP001"], ["format", "--check"]):
            ruff = [
                sys.executable,
                "-m",
                "ruff",
                *command,
                "--no-cache",
                "--stdin-filename",
                block.title,
                "-",
            ]
            finished = subprocess.run(
                ruff, cwd=ROOT, input=block.text, capture_output=True, text=True, check=False
            )
            assert finished.returncode == 0 or not block.title.endswith(".py"), finished.stdout


def test_every_page_on_extending_is_in_the_overview() -> None:
    overview = (DOCS / "extending" / "index.md").read_text("utf-8")
    assert {page.stem for page in EXTENDING} == set(NAMES)
    assert all(f"({page.name})" in overview for page in EXTENDING)


def test_a_difference_that_does_not_fit_is_noticed() -> None:
    assert change("a\nb\n", " a\n+c\n") == "a\nc\nb\n"
    with pytest.raises(AssertionError):
        change("a\nb\n", " b\n-a\n")
