"""Codes of one region in several versions of NUTS 2, from the changes that Eurostat publishes.

Only recodings that leave the area as it is, or all but a few municipalities ("code change", "recoded", "boundary
shift"): 1999 to 2003 (Italy), 2003 to 2006 (Bulgaria, Romania, Sweden), 2006 to 2010 (Germany, Greece's letters, Italy,
United Kingdom), 2010 to 2013 (France overseas, Greece, Slovenia), 2013 to 2016 (France, Poland, Scotland), 2016 to 2021
(Norway). Each was held against correspondence tables of Eurostat (NUTS, history), as gathered in `nuts_changes` of the
R package regions (Antal 2021), and in its own tables of 2006-2010 and 2010-2013; those of 2021 to 2024 (Netherlands)
could not be held against a table.
"""

from __future__ import annotations

from collections.abc import Iterable

_CHANGES = """
IT11 ITC1  IT12 ITC2  IT13 ITC3  IT32 ITD3  IT33 ITD4  IT51 ITE1  IT52 ITE2  IT53 ITE3  IT71 ITF1  IT72 ITF2  IT91 ITF4
IT92 ITF5  IT93 ITF6  BG21 BG41  RO01 RO21  RO02 RO22  RO03 RO31  RO04 RO41  RO05 RO42  RO06 RO11  RO07 RO12  RO08 RO32
SE01 SE11  SE02 SE12  SE04 SE22  SE06 SE31  SE07 SE32  SE08 SE33  SE09 SE21  SE0A SE23  NO05 NO0A
ITD1 ITH1  ITD2 ITH2  ITD3 ITH3  ITD4 ITH4  ITD5 ITH5  ITE1 ITI1  ITE2 ITI2  ITE3 ITI3  ITE4 ITI4  DED1 DED4  DED3 DED5
EL11 EL51  EL12 EL52  EL13 EL53  EL14 EL61  EL21 EL54  EL22 EL62  EL23 EL63  EL24 EL64  EL25 EL65
FR91 FRA1  FR92 FRA2  FR93 FRA3  FR94 FRA4  SI01 SI03  SI02 SI04  UKD2 UKD6  UKD5 UKD7
FR21 FRF2  FR22 FRE2  FR23 FRD2  FR24 FRB0  FR25 FRD1  FR26 FRC1  FR30 FRE1  FR41 FRF3  FR42 FRF1  FR43 FRC2  FR51 FRG0
FR52 FRH0  FR53 FRI3  FR61 FRI1  FR62 FRJ2  FR63 FRI2  FR71 FRK2  FR72 FRK1  FR81 FRJ1  FR82 FRL0  FR83 FRM0
FRA1 FRY1  FRA2 FRY2  FRA3 FRY3  FRA4 FRY4  FRA5 FRY5
PL11 PL71  PL33 PL72  PL31 PL81  PL32 PL82  PL34 PL84  UKM2 UKM7
NL31 NL35  NL33 NL36
GR11 EL51  GR12 EL52  GR13 EL53  GR14 EL61  GR21 EL54  GR22 EL62  GR23 EL63  GR24 EL64  GR25 EL65  GR30 EL30  GR41 EL41
GR42 EL42  GR43 EL43
"""
_PAIRS = _CHANGES.split()
LATER = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
"""The later code by the earlier one."""


_SPLITS = """
DK00 DK01 DK02 DK03 DK04 DK05
FI18 FI1B FI1C
HU10 HU11 HU12
LT00 LT01 LT02
PL12 PL91 PL92
UKI1 UKI3 UKI4
UKI2 UKI5 UKI6 UKI7
"""
SPLITS = {one: tuple(parts) for one, *parts in map(str.split, _SPLITS.strip().splitlines())}
"""Regions that were split (2003 to 2006, 2006 to 2010, 2010 to 2013 and 2013 to 2016), with their parts."""


def split(codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Find regions that are there with the parts into which they were split."""
    known = set(codes)
    found = {
        one: tuple(part for part in parts if part in known) for one, parts in SPLITS.items() if one in known
    }
    return {one: parts for one, parts in found.items() if parts}


def latest(code: str) -> str:
    """Give the last code that a region has had."""
    seen = set()
    while code in LATER and code not in seen:
        seen.add(code)
        code = LATER[code]
    return code


def recoded(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Find regions that are there under two codes, the earlier one first."""
    several = list(codes)
    known = set(several)
    found = []
    for code in several:
        later = code
        while later in LATER:
            later = LATER[later]
            if later in known:
                found.append((code, later))
    return found


def known_as(code: str, known: Iterable[str]) -> str | None:
    """Find the code by which a region is known, if it was recoded since or before."""
    last = latest(code)
    return next((each for each in known if latest(each) == last), None)
