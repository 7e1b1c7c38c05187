"""Finds the key that was meant by one that does not exist."""

from __future__ import annotations

import difflib

from model.spec import phrases
from model.spec.declarations import Declaration, declarations
from model.spec.places import Place
from model.spec.problem import nearest
from model.spec.section import Section

_MOST = 3
_LONGEST = 200


def suggest(place: Place, root: type[Section]) -> list[str]:
    """Suggest what was meant by an unknown key.

    Parameters
    ----------
    place
        Where the key stands.
    root
        Section in which all keys are declared.

    Returns
    -------
    list[str]
        A few keys, often none.
    """
    name, key = str(place.path[-1]), ".".join(map(str, place.path))
    if len(key) > _LONGEST:
        return []
    own = place.section.model_fields
    typo = difflib.get_close_matches(name, own, n=1, cutoff=0.8)
    if typo:
        return [phrases.key(*place.section_path, typo[0])]
    elsewhere = [declared for declared in declarations(root) if declared.name == name]
    if elsewhere:
        return _keys(sorted(elsewhere, key=lambda declared: -_likeness(declared.key, key)))
    similar = nearest(name, own)
    if similar:
        return [phrases.key(*place.section_path, similar)]
    return _by_whole_key(key, name, root)


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def _by_whole_key(key: str, name: str, root: type[Section]) -> list[str]:
    everything = declarations(root)
    close = difflib.get_close_matches(key, [declared.key for declared in everything], n=1, cutoff=0.75)
    if close:
        return close
    names = difflib.get_close_matches(name, dict.fromkeys(each.name for each in everything), n=1, cutoff=0.75)
    return _keys([declared for declared in everything if declared.name in names])


def _keys(found: list[Declaration]) -> list[str]:
    """Write keys with what tells them apart; where an entry of a list is meant, of which kind."""
    keys = [
        f"{declared.key} of a {declared.variant}" if declared.variant else declared.key for declared in found
    ]
    return list(dict.fromkeys(keys))[:_MOST]
