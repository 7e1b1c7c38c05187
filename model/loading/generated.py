"""Writes what is generated from the declarations: ``python -m model.loading.generated``.

The JSON schema lets editors complete and check scenario files; the page of parameters is for people.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from model.policy.instruments import INSTRUMENTS
from model.policy.regimes import REGIMES
from model.scenario import Scenario
from model.spec.table import parameter_page

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "scenarios" / "schema.json"
PARAMETERS = ROOT / "docs" / "parameters.md"
_EXTENDS = (
    "Story, measured region that is kept as a scenario (such as ITH5), or file beside this one or in a folder below "
    "it, from which this scenario differs."
)


def schema() -> dict[str, Any]:
    """Make the JSON schema of scenario files.

    Returns
    -------
    dict
        The schema of a scenario, with what is true of files only: they may extend another scenario,
        and the built-in regimes need not say of which kind they are.
    """
    made = Scenario.model_json_schema()
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": "Scenario"}
    made["properties"] = {"extends": {"type": "string", "description": _EXTENDS}, **made["properties"]}
    for declared in made["properties"].values():
        if "$ref" in declared:
            # The keys of a section have their own defaults.
            declared.pop("default", None)
    names = {name: f"#/$defs/{regime.spec_type.__name__}" for name, regime in REGIMES.items()}
    regimes = made["properties"]["regimes"]
    (pattern, own) = regimes.pop("patternProperties").popitem()
    regimes["propertyNames"] = {"pattern": pattern}
    regimes["properties"] = {name: {"$ref": reference} for name, reference in names.items()}
    regimes["additionalProperties"] = {"required": ["kind"], **own}
    for reference in names.values():
        properties = made["$defs"][reference.rpartition("/")[2]]["properties"]
        if "delivery" in properties:
            properties["delivery"]["propertyNames"] = {"enum": list(INSTRUMENTS)}
    return made


def contents() -> dict[Path, str]:
    """Make what is generated.

    Returns
    -------
    dict
        Each file and what belongs in it.
    """
    return {
        SCHEMA: json.dumps(schema(), indent=2, ensure_ascii=False) + "\n",
        PARAMETERS: parameter_page(Scenario),
    }


def main() -> None:
    """Write all files."""
    for path, text in contents().items():
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
