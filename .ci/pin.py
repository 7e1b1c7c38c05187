"""Refresh the tested releases: constraints.txt for pip, the same lines in pyproject.toml for uv."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADING = "# The releases that this version was tested with: pip install -c constraints.txt -e .\n"
BUILD_TOOLS = (
    "setuptools==",
)  # wanted only where something is built from source, in an environment of its own


def resolve() -> list[str]:
    """Ask uv for one solution that holds on every supported Python and system."""
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        unpinned = Path(folder) / "pyproject.toml"
        unpinned.write_text(replace_pins(project, []), "utf-8")
        command = ["uv", "pip", "compile", "--universal", "--python-version", "3.11", "--extra", "dev"]
        command += ["--no-annotate", "--no-header", "--quiet", unpinned.name]
        # Run there: uv would read the pins of the project that it stands in.
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=folder)
    return [line.strip() for line in answer.stdout.splitlines() if not line.startswith(BUILD_TOOLS)]


def replace_pins(project: str, pins: list[str]) -> str:
    """Write the pins into the text of pyproject.toml."""
    listed = "".join(f'    "{pin}",\n' for pin in pins)
    return re.sub(
        r"(?<=^constraint-dependencies = \[\n).*?(?=^\])",
        lambda _: listed,
        project,
        flags=re.DOTALL | re.MULTILINE,
    )


def main() -> None:
    """Resolve, then write both files."""
    pins = resolve()
    (ROOT / "constraints.txt").write_text(HEADING + "".join(f"{pin}\n" for pin in pins), "utf-8")
    project = ROOT / "pyproject.toml"
    project.write_text(replace_pins(project.read_text("utf-8"), pins), "utf-8")


if __name__ == "__main__":
    main()
