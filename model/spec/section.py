"""How a parameter is declared: once, with type, unit, bounds, default, description and source."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Section(BaseModel):
    """A frozen table of a scenario; a key that it does not declare is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, validate_default=True)


def parameter(
    default: Any,
    description: str,
    *,
    unit: str | None = None,
    source: str = "assumption",
    ge: float | None = None,
    gt: float | None = None,
    le: float | None = None,
    lt: float | None = None,
    max_length: int | None = None,
) -> Any:
    """Declare one parameter of the model.

    Parameters
    ----------
    default
        Value used when a scenario says nothing; ``...`` for a key that must be given.
    description
        One sentence that a policy designer understands.
    unit
        Unit of the value; by default ``"1"`` for a number, which is then a pure one, and none for
        what is not a number.
    source
        Author and year, or ``"assumption"``.
    ge, gt, le, lt
        Bounds, checked when a scenario is read.
    max_length
        Most characters of a text, or most entries of a list or table.

    Returns
    -------
    pydantic.fields.FieldInfo
        The declaration from which the command line, the parameter table, the JSON schema and
        the error messages are made.
    """
    number = isinstance(default, int | float) and not isinstance(default, bool)
    if unit is None:
        unit = "1" if number else ""
    return Field(
        default=default,
        description=description,
        ge=ge,
        gt=gt,
        le=le,
        lt=lt,
        max_length=max_length,
        # A number in quotes or a yes for a 1 is a slip of the pen: it is told, never guessed.
        strict=True if isinstance(default, int | float) else None,
        json_schema_extra={"unit": unit, "source": source},
    )
