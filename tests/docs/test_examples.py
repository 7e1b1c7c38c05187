"""The worked examples of docs/extending: taken from the page, put into a copy of the project, run."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, EXTENDING, ROOT, Block, blocks, name_of

COPIED = ("model", "analysis", "scenarios")
KERNELS = Path("model", "kernels")
# What the new thing is called, as it must appear in the generated pages; scenarios are in none.
NAMES = {
    "regime": "regimes.cohesion.priorities",
    "instrument": "innovation_voucher",
    "process": "job_mobility",
    "observable": "young_knowledge",
    "organisation": "living_lab",
    "scenario": "",
}
# Each example gets a model of its own in one process: what others provide is loaded once.
DRIVER = """
import json, os, sys, traceback
errors = {}
for page, (folder, script) in json.load(sys.stdin).items():
    for name in [name for name in sys.modules if name.partition(".")[0] in {"model", "analysis"}]:
        del sys.modules[name]
    os.chdir(folder)
    sys.path[0] = folder
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
from analysis.documentation import parts
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
        target.write_text(block.text, "utf-8")
    for block in changes:
        target = folder / block.title
        target.write_text(change(target.read_text("utf-8"), block.text), "utf-8")
    return INSIDE + script + DOCUMENTED.format(name=NAMES[page.stem])


def test_the_examples_work_as_the_pages_say(tmp_path: Path) -> None:
    work = {}
    for page in EXTENDING:
        copy_project(tmp_path / page.stem)
        work[page.name] = (str(tmp_path / page.stem), apply(page, tmp_path / page.stem))
    finished = subprocess.run(
        [sys.executable, "-W", "error", "-c", DRIVER],
        cwd=tmp_path, input=json.dumps(work), capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert finished.returncode == 0, finished.stderr
    errors = json.loads(finished.stdout)
    assert not errors, "\n".join(errors.values())


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
        for command in (["check"], ["format", "--check"]):
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
