"""Whether what tests need is installed; under uv what is missing is installed, and pytest starts again."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution

import pytest

from analysis.commands.checkout import ROOT, keep_bytecode, start_again_with

EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
BY_NAME = re.compile(r"(?P<name>[\w.-]+)(\[(?P<extras>[\w,-]+)\])?")


def packages(extra: str) -> Iterator[str]:
    """Name the packages of an extra, and of those that it consists of."""
    for requirement in EXTRAS[extra]:
        match = BY_NAME.match(requirement)
        assert match is not None
        if match["extras"] is None:
            yield match["name"]
        else:
            for other in match["extras"].split(","):
                yield from packages(other)


def is_installed(package: str) -> bool:
    """Tell whether a package is installed, by its name in registries."""
    try:
        distribution(package)
    except PackageNotFoundError:
        return False
    return True


def complete(arguments: list[str]) -> None:
    """See to it that everything is installed that these tests need.

    Parameters
    ----------
    arguments
        What pytest was started with: slow tests need more.
    """
    keep_bytecode()
    extra = "dev" if any("slow" in argument for argument in arguments) else "test"
    missing = sorted(package for package in packages(extra) if not is_installed(package))
    if missing:
        start_again_with(extra, "pytest", *arguments)
        pytest.exit(
            f"Not installed: {', '.join(missing)}; the tests need them: python -m pip install -c constraints.txt "
            f'-e ".[{extra}]"',
            returncode=pytest.ExitCode.USAGE_ERROR,
        )
