"""Pages of documentation, and the blocks of code in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md")))
EXTENDING = tuple(page for page in sorted((DOCS / "extending").glob("*.md")) if page.name != "index.md")

LANGUAGES = {"python", "toml", "shell", "diff", "text"}
_FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r'title="([^"]+)"')
_INDENTED = re.compile(r"(?<=\n\n)(?:(?: {4}.*)?\n)*? {4}.*\n(?=\n(?! {4})|\Z)")


@dataclass(frozen=True)
class Block:
    """A block of code.

    Attributes
    ----------
    language
        First word behind the fence; ``indented`` for a block without one.
    title
        File that it is or changes; empty for none.
    text
        What is in it.
    """

    language: str
    title: str
    text: str


def blocks(page: Path) -> list[Block]:
    """Take the blocks of code out of a page, in order; fenced ones first."""
    text = page.read_text("utf-8")
    fenced = [
        Block((info.split() or [""])[0], (_TITLE.findall(info) or [""])[0], code)
        for info, code in _FENCE.findall(text)
    ]
    indented = [re.sub(r"^ {4}", "", code, flags=re.MULTILINE) for code in _INDENTED.findall(prose(page))]
    return [*fenced, *(Block("indented", "", code) for code in indented)]


def of_language(page: Path, language: str) -> list[Block]:
    """Take the blocks of one language out of a page."""
    return [block for block in blocks(page) if block.language == language]


def name_of(page: Path) -> str:
    """Name a page in the report of the tests."""
    return page.relative_to(ROOT).as_posix()


def prose(page: Path) -> str:
    """Give a page without its fenced blocks."""
    return _FENCE.sub("", page.read_text("utf-8"))
