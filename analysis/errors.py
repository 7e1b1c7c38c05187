"""What a user asked for and cannot have."""

from __future__ import annotations


class RequestError(ValueError):
    """A request that makes no sense; the text is the whole message for the user."""
