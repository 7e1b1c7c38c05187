"""What is generated from the declarations is up to date, and does what it is for."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from model.loading import library
from model.loading.generated import PARAMETERS, contents, main, schema
from model.scenario import Scenario
from model.spec.declarations import declarations

CHECKER = jsonschema.Draft202012Validator(schema())


@pytest.mark.parametrize("path", contents(), ids=lambda path: path.name)
def test_what_is_generated_is_up_to_date(path: Path) -> None:
    assert path.read_text("utf-8") == contents()[path], "run: python -m model.loading.generated"


def test_everything_generated_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    written: dict[Path, str] = {}

    def keep(path: Path, text: str, **_: object) -> None:
        written[path] = text

    monkeypatch.setattr(Path, "write_text", keep)
    main()
    assert written == contents()


def test_every_parameter_has_its_line_in_the_table() -> None:
    lines = PARAMETERS.read_text("utf-8").splitlines()
    for declared in declarations(Scenario):
        assert any(
            line.startswith(f"| `{declared.name}` | ") and declared.description in line for line in lines
        )
    assert sum(line.startswith("| `") for line in lines) == len(declarations(Scenario))


def test_the_table_tells_what_is_declared() -> None:
    text = PARAMETERS.read_text("utf-8")
    assert "\n## `[firms]`\n" in text
    assert '\n## `[[events]]` with `kind = "demand_shock"`\n' in text
    assert (
        "| `number` | whole number | firms | from 2 to 1000000 | `200` | Firms at the start. | assumption |"
        in text
    )
    assert "| `regime` | text | - | of at most 60 characters | must be given |" in text


def errors(table: dict[str, Any]) -> list[str]:
    return [error.json_path for error in CHECKER.iter_errors(table)]


@pytest.mark.parametrize("name", library())
def test_the_schema_accepts_every_story(name: str) -> None:
    assert not errors(tomllib.loads(library()[name].read_text("utf-8")))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[firms]\nnumbr = 3", "$.firms"),
        ("[firms]\nnumber = 1", "$.firms.number"),
        ('[firms]\nnumber = "300"', "$.firms.number"),
        ('[ties]\nnetwork = "rnig"', "$.ties.network"),
        ("extends = 3", "$.extends"),
        ("[regimes.mine]\npriorities = 3", "$.regimes.mine"),
        ("[regimes.sector]\noutward = 0.5", "$.regimes.sector"),
        ("[regimes.sector.delivery]\ntraning = 1.0", "$.regimes.sector.delivery"),
        ('[regimes."my regime"]\nkind = "sector"', "$.regimes"),
        ('[[events]]\nkind = "demand_shok"', "$.events[0]"),
    ],
)
def test_the_schema_shows_an_editor_what_is_wrong(text: str, place: str) -> None:
    assert place in errors(tomllib.loads(text))


@pytest.mark.parametrize(
    "text",
    [
        "[regimes.sector]\npriorities = 3",
        '[regimes.mine]\nkind = "cluster"\noutward = 0.5',
        '[[events]]\nkind = "budget_change"\nfactor = 0.0',
        '#:schema x\nextends = "thin_rural_region"',
    ],
)
def test_the_schema_accepts_what_loads(text: str) -> None:
    assert not errors(tomllib.loads(text))
