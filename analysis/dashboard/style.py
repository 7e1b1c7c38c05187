"""The style sheet of the page, in the colours of the figures."""

from __future__ import annotations

from pathlib import Path

from analysis.figures.style import THEMES


def variables(name: str) -> str:
    """Give the colours of a theme as properties of a style sheet."""
    theme = THEMES[name]
    regimes = "".join(f"--{regime.replace('_', '-')}: {colour}; " for regime, colour in theme.regimes.items())
    return (
        f"--ground: {theme.background}; --ink: {theme.text}; --quiet: {theme.quiet}; "
        f"--line: {theme.grid}; {regimes}color-scheme: {name};"
    )


STYLE = "".join(f".kf-{name} {{ {variables(name)} }}\n" for name in THEMES) + (
    Path(__file__).resolve().parent / "style.css"
).read_text("utf-8")
