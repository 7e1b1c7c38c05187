"""Words and codes by which offices call totals."""

from __future__ import annotations

import re

_WORDS = ("total", "totals", "grand total", "subtotal", "sum", "summe", "insgesamt", "gesamt", "zusammen", "totale",
          "totaal", "totalt", "totals", "ensemble", "celkem", "spolu", "ogolem", "ogółem", "razem", "osszesen",
          "összesen", "yhteensa", "yhteensä", "samtliga", "i alt", "ukupno", "skupaj", "kokku", "kopa", "kopā",
          "is viso", "iš viso", "toplam", "σύνολο", "итого", "всего")  # fmt: skip
_ANY = "|".join(map(re.escape, sorted(_WORDS, key=len, reverse=True)))
_START = re.compile(rf"^({_ANY})(?=$|[\s,;:_()/-])")
_WHOLE = re.compile(
    rf"^({_ANY})([\s,;:_()/-]+(of|all|the|nace|isic|economy|activities|industries|regions?|sectors?|country|national|"
    r"employment|employees|persons|jobs|exports|patents|amount|value|über|aller?|regionen|branchen|\d+)\b.*"
    r"|[\s,;:_()/-]*)$"
)
_UNION_WORDS = re.compile(
    r"^(european union|euro(pean)? area|europäische union|union européenne|world|welt)\b"
)
_ALL = re.compile(
    r"^(all|alle|tous|toutes|tutti|todos)[\s_]+(the[\s_]+)?(regions?|areas?|industries|activities|sectors?|domains?|divisions?|branches|"
    r"nace|nace activities|products?|commodities|"
    r"regionen|branchen|wirtschaftszweige|countries|economy)\b|^all$|^total_?economy$"
    r"|^whole[\s_]+(country|economy)$"
)
_UNIONS = re.compile(r"^(EU|EA|EEA|EFTA|EU_V|OECD)\d{0,2}(_\d{4})?$|^(WLD|WORLD|_T|TOT|W0)$")


_STATISTICS = re.compile(
    r"^(average|mean|median|minimum|maximum|min\.?|max\.?|(standard|std\.?) ?dev(iation|\.)?|stdev|variance"
    r"|durchschnitt|mittelwert|mittel|standardabweichung|varianz|moyenne|médiane|[eé]cart[- ]type|promedio|mediana"
    r"|gemiddelde|średnia|keskiarvo|průměr|medelvärde|gennemsnit|gjennomsnitt)(?=$|[\s,;:(/-])"
)


_PARTS = re.compile(
    r"^[\s\u2013-]*(of which|thereof|including|davon|darunter|dont|di cui|de los cuales|waarvan|herav|heraf|därav"
    r"|z tego|w tym|z toho|ebből)(?=$|[\s:,(])"
)


def is_part(label: str) -> bool:
    """Whether a region or domain is called a part of the one above it: ``of which: Graz``, ``darunter Stahl``."""
    return bool(_PARTS.match(" ".join(label.casefold().split())))


def is_statistic(label: str) -> bool:
    """Whether a row among regions is called a mean, a median, a minimum or such of the others."""
    return bool(_STATISTICS.match(" ".join(label.casefold().split())))


def is_total(label: str) -> bool:
    """Whether a region or domain is called a total, in words or by the codes of Eurostat, the OECD and SDMX.

    Parameters
    ----------
    label
        Such as ``"Total, all regions"``, ``"Insgesamt"``, ``"EU27_2020"``.

    Returns
    -------
    bool
        Whether it is.
    """
    text = " ".join(label.casefold().split())
    union = re.sub(r"[\s-]", "", label.upper())
    return any((_WHOLE.match(text), _ALL.match(text), _UNIONS.match(union), _UNION_WORDS.match(text)))


def may_be_total(label: str) -> bool:
    """Whether a label begins as those of totals do, and goes on as a domain may: ``Total manufacturing``."""
    return bool(_START.match(" ".join(label.casefold().split())))
