"""Which classification domains are of, and codes of regions that changed."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from analysis.errors import RequestError
from analysis.regions.importing.codes import LETTER, are_division_numbers, looks_like_domains
from analysis.regions.importing.header import DATE, EXPONENT
from analysis.regions.importing.labels import is_total
from analysis.regions.importing.nuts import recoded
from analysis.regions.importing.options import Options


def classified(amounts: pd.DataFrame, options: Options, header: str, notes: list[str]) -> pd.DataFrame:
    """Write codes of NACE as the European tables do, where it is certain that they are of NACE.

    Parameters
    ----------
    amounts
        Regions x domains.
    options
        What the user says of the classification.
    header
        Name of the column of domains, if there is one, which may say it.
    notes
        Told what was done.

    Returns
    -------
    pandas.DataFrame
        The table.
    """
    codes = [str(code).strip() for code in amounts.columns]
    plain = [code for code in codes if not is_total(code)]
    if options.classification == "own":
        return amounts
    small = [code for code in plain if code != code.upper() and looks_like_domains([code])]
    if len(small) >= 4 and looks_like_domains(plain):
        notes.append(f"Codes of NACE are written in capitals ({small[0]} became {small[0].upper()}).")
        return amounts.set_axis([code.upper() if code in small else code for code in codes], axis="columns")
    if not are_division_numbers(plain):
        return amounts
    if options.classification == "nace" or header.startswith(("nace", "wz", "naf", "ateco")):
        notes.append(
            f"Domains are numbers of NACE divisions; they were given their letters ({plain[0]} became "
            f"{_lettered(plain[0])})."
        )
        return amounts.set_axis(
            [code if is_total(code) else _lettered(code) for code in codes], axis="columns"
        )
    notes.append(
        f"Domains are numbers ({plain[0]} ...), which divisions of NACE, chapters of HS and others have; they were "
        "not taken for any. If they are of NACE, give --classification nace."
    )
    return amounts


_DOMAIN = re.compile(
    r"^(?P<code>[A-U](?:\d{2}(?:\.?\d{1,2})?)?)(?:\s*[-\u2013:]\s*|\.?\s+)(?P<label>\D.*)$", re.IGNORECASE
)
_REGION = re.compile(r"^(?P<code>[A-Z]{2}(?:[0-9][0-9A-Z]{0,2})?)(?:\s*[-\u2013:]\s*|\s+)(?P<label>\D.*)$")


def parted_labels(
    amounts: pd.DataFrame, names: dict[str, str], notes: list[str]
) -> tuple[pd.DataFrame, dict[str, str], dict[str, str]]:
    """Part codes of regions and domains from labels behind them: ``C10 - Food products``, ``AT11 Burgenland``.

    Parameters
    ----------
    amounts
        Regions x domains.
    names
        Names of regions, which are told more.
    notes
        Told what was done.

    Returns
    -------
    tuple
        The table, and the new codes by the old ones, of regions and of domains.
    """
    changed: list[dict[str, str]] = []
    for what, codes, form in (("region", amounts.index, _REGION), ("domain", amounts.columns, _DOMAIN)):
        parts = {code: form.match(code) for code in map(str, codes) if not is_total(code)}
        new = {code: found["code"] for code, found in parts.items() if found is not None}
        # Two letters alone may be a word.
        few = sum(len(code) == 2 for code in new.values()) > 0.5 * len(new) and what == "region"
        if few or len(new) < max(2, len(parts)) or len(set(new.values())) < len(new):
            changed.append({})
            continue
        first = next(iter(new))
        notes.append(f"Codes were parted from the labels of {what}s ({first!r} became {new[first]}).")
        if what == "region":
            names.update({found["code"]: found["label"] for found in parts.values() if found is not None})
        changed.append(new)
    regions, domains = changed
    return amounts.rename(index=regions, columns=domains), regions, domains


def check_codes(label: str, amounts: pd.DataFrame, notes: list[str]) -> None:
    """Refuse codes that a spreadsheet turned into dates, or letters of other scripts; notice lost zeros.

    Raises
    ------
    RequestError
        If there is one; names it.
    """
    for what, codes in (("region", amounts.index), ("domain", amounts.columns)):
        several = [str(code) for code in codes]
        dates = [code for code in several if DATE.match(code)]
        if dates and len(dates) < len(several):
            raise RequestError(
                f"{label}: {what} {dates[0]!r} is a date; spreadsheets make dates of codes such as 10.12. "
                "Write the code "
                "again, in a column formatted as text."
            )
        numbers = [code for code in several if EXPONENT.match(code) and "+" in code]
        if numbers:
            raise RequestError(
                f"{label}: {what} {numbers[0]!r} is a number with an exponent; spreadsheets make such of codes like "
                "1E05. Write the code again, in a column formatted as text."
            )
        alike = [
            code
            for code in several
            if re.fullmatch(r"[A-Z0-9]+", code.translate(_ALIKE)) and not code.isascii()
        ]
        if alike:
            raise RequestError(
                f"{label}: {what} {alike[0]!r} has letters of another script that look like Latin ones; write the code "
                f"again ({alike[0].translate(_ALIKE)})."
            )
        lengths = {len(code) for code in several}
        digits = all(code.isdigit() for code in several) and not any(code.startswith("0") for code in several)
        if digits and len(lengths) == 2 and max(lengths) > 3 and max(lengths) - min(lengths) == 1:
            notes.append(
                f"Warning: codes of {what}s are numbers of {min(lengths)} and {max(lengths)} digits; did they "
                "lose leading "
                "zeros?"
            )


_ALIKE = str.maketrans("АВЕЅІЈКМНОРСТХУΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABESIJKMHOPCTXYABEZHIKMNOPTYX")


def _lettered(code: str) -> str:
    number = code.zfill(2)
    return f"{LETTER[number]}{number}"


FOREIGN = re.compile(
    r"^(nace_r1|nace_rev_?1|nace1|isic_?(rev_?)?3|ipc|hs\d?$|sitc|naics|sic$|technolog|commodit)"
)


def is_foreign(amounts: pd.DataFrame, header: str, options: Options, notes: list[str]) -> bool:
    """Whether domains are of another classification than NACE Rev. 2, although codes may look like it.

    Parameters
    ----------
    amounts
        Regions x domains.
    header
        Name of the column of domains, which may say it.
    options
        What the user says of the classification.
    notes
        Told why.

    Returns
    -------
    bool
        Whether nothing that is known of NACE holds for them.
    """
    codes = [str(code) for code in amounts.columns]
    if options.classification is not None:
        return options.classification == "own"
    alike = [code for code in codes if re.match(r"^[A-U]\d\d(\D|$)", code)]
    others = [code for code in alike if LETTER.get(code[1:3]) != code[0]]
    said = FOREIGN.match(header) is not None
    if not alike or not (said or len(others) > 1):
        return False
    why = f"The column is called {header!r}" if said else f"{others[0]!r} is in no section of NACE Rev. 2"
    notes.append(
        f"{why}: domains were taken for those of another classification, so that names, sectors, sizes and relatedness "
        "of NACE do not hold for them; --classification nace says otherwise."
    )
    return True


def without_earlier_codes(
    label: str, amounts: pd.DataFrame, options: Options, dropped: list[str]
) -> pd.DataFrame:
    """Notice regions that are there under an earlier and a later code of NUTS.

    Parameters
    ----------
    label
        Name of the file, for messages.
    amounts
        Regions x domains.
    options
        Whether both are to be kept.
    dropped
        Told what was left out.

    Returns
    -------
    pandas.DataFrame
        The table, without the earlier code of two with the same amounts.
    """
    for earlier, later in recoded(map(str, amounts.index)):
        if earlier not in amounts.index:
            continue
        if _same(amounts, earlier, later) and "recoded" not in options.accept:
            total = np.nansum(amounts.loc[earlier].to_numpy(np.float64))
            dropped.append(
                f"region {earlier!r}: warning, the earlier NUTS code of {later!r}, which has the same amounts "
                f"({total:,.12g})"
            )
            amounts = amounts.drop(index=earlier)
        else:
            options.doubt(
                "recoded", f"{label}: {earlier!r} and {later!r} are the earlier and the later NUTS code of one region; "
                "leave one of them out."
            )  # fmt: skip
    return amounts


def _same(amounts: pd.DataFrame, one: str, other: str) -> bool:
    first, second = amounts.loc[[one, other]].to_numpy(np.float64)
    known = np.isfinite(first) & np.isfinite(second)
    return bool(known.any()) and bool(np.allclose(first[known], second[known]))


def twins(amounts: pd.DataFrame) -> tuple[str, str] | None:
    """Find two regions that have the same amounts in all domains, and not just a few."""
    seen: dict[bytes, str] = {}
    for code, row in zip(amounts.index, amounts.to_numpy(np.float64), strict=True):
        if np.unique(row[np.isfinite(row)]).size < 4:
            continue
        other = seen.setdefault(row.tobytes(), str(code))
        if other != code:
            return other, str(code)
    return None
