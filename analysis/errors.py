"""What a user asked for and cannot have, said by each front in its own terms."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import MappingProxyType

Wording = Callable[[str, str | None], str]
"""Names a field, with a value if one is given, as a front calls it."""

_TRUTHS = MappingProxyType({"true": "True", "false": "False"})
_FIELD = re.compile(r"\{([a-z_][\w.]*)(?:=([^{}]*))?\}")


def keyword(field: str, value: str | None = None) -> str:
    """Name a field as Python does: ``regimes = none,cluster``, ``firms__number = 100``."""
    name = field.replace(".", "__")
    return name if value is None else f"{name} = {_TRUTHS.get(value, value)}"


def option(field: str, value: str | None = None) -> str:
    """Name a field as the command line does: ``--regimes none,cluster``, ``--set firms.number=100``."""
    if "." in field:
        return f"--set {field}" if value is None else f"--set {field}={value}"
    name = f"--{field.replace('_', '-')}"
    return f"{name} {value}" if value else name


class RequestError(ValueError):
    """A request that makes no sense.

    Its text names fields as Python does; another front asks `worded`.

    Parameters
    ----------
    text
        The whole message, where it is about no field.
    field
        Name of what was given, as a keyword of Python; with dots, a parameter of a scenario.
    value
        What was given for it.
    rule
        What is wrong, without a full stop. In it and in the remedy, ``{field=value}`` is worded by the front.
    remedy
        What to do instead, a sentence or the rest of one behind a semicolon.
    """

    def __init__(
        self, text: str = "", *, field: str = "", value: object = None, rule: str = "", remedy: str = ""
    ) -> None:
        self.text, self.field, self.rule, self.remedy = text, field, rule, remedy
        self.value = None if value is None else str(value)
        super().__init__(self.worded(keyword))

    def worded(self, wording: Wording) -> str:
        """Write the message.

        Parameters
        ----------
        wording
            How the front names a field, such as `keyword` or `option`.

        Returns
        -------
        str
            The message.
        """
        if not self.field:
            return self.text

        def named(found: re.Match[str]) -> str:
            return wording(found[1], found[2])

        told = f"{wording(self.field, self.value)}: {_FIELD.sub(named, self.rule)}"
        if not self.remedy:
            return f"{told}."
        remedy = _FIELD.sub(named, self.remedy)
        return f"{told}. {remedy}" if remedy[0].isupper() else f"{told}; {remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        """Let it travel between processes."""
        return _again, (type(self), self.text, self.field, self.value, self.rule, self.remedy)


def _again(
    kind: type[RequestError], text: str, field: str, value: str | None, rule: str, remedy: str
) -> RequestError:
    return kind(text, field=field, value=value, rule=rule, remedy=remedy)
