"""The style sheet of the page, in the colours of the figures."""

from __future__ import annotations

from pathlib import Path

from analysis.figures.style import THEMES


def _variables(name: str) -> str:
    theme = THEMES[name]
    regimes = "".join(f"--{regime.replace('_', '-')}: {colour}; " for regime, colour in theme.regimes.items())
    return (
        f".kf-{name} {{ --ground: {theme.background}; --ink: {theme.text}; --quiet: {theme.quiet}; "
        f"--line: {theme.grid}; {regimes} color-scheme: {name}; }}\n"
    )


STYLE = (
    _variables("light")
    + _variables("dark")
    + (Path(__file__).resolve().parent / "style.css").read_text("utf-8")
)
