"""What a picture shows, in words written from the same reading as the chart, and no more than it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from analysis.dashboard.scheduling.sample import Sample
from analysis.dashboard.state.reading import Change, Line, Reading, Turn
from analysis.dashboard.texts import Texts
from analysis.statistics.comparison import interval
from analysis.statistics.shapley import CONTRIBUTION, LEAD, REMAINDER, distinguishable
from model.record import ACCOUNT_SOURCES, OUTCOMES

BEGINNING = re.compile(r"^.|(?<=\. ).")
"""First letters of sentences."""

WHY = 2
"""Sources of a lead that are named."""

TURNS = 2
"""Turns that are told."""


def headline(reading: Reading, label: str, texts: Texts) -> str:
    """Say in a sentence who leads, by how much, and how sure that is.

    Parameters
    ----------
    reading
        What is drawn.
    label
        Name of the observable.
    texts
        Messages.

    Returns
    -------
    str
        Empty if there is nothing to compare yet.
    """
    order = reading.order
    if len(order) < 2 or not reading.seeds:
        return ""
    values = _values(reading, order[0], label, texts)
    if reading.chart == "mind":
        return capital(_mind(reading, order, values, texts))
    if reading.seeds < 2:
        return capital(texts("words.one_seed" if reading.chart == "seed" else "words.first_seed", **values))
    ending = "_baseline" if order[0] == reading.baseline else ""
    # Of some observables more is not better: nobody leads in exits.
    ranked = reading.observable in OUTCOMES
    if reading.sure:
        return capital(texts(f"words.{'leads' if ranked else 'highest'}{ending}", **values))
    tied = _list([texts.regime(name) for name in order if name in reading.tied], texts)
    return capital(texts(f"words.{'open' if ranked else 'alike'}{ending}", **values, others=tied))


def _values(reading: Reading, first: str, label: str, texts: Texts) -> dict[str, str]:
    line = reading.lines[first]
    write = texts.signed_percent if reading.relative else texts.signed
    found = {
        "first": texts.regime(first), "label": label, "reference": texts.regime(reading.baseline),
        "share": texts.share(reading.best_share.get(first, 0.0)), "value": texts.number(line.end),
    }  # fmt: skip
    if reading.chart in {"levels", "seed"}:
        reference = texts.number(reading.lines[reading.baseline].end)
        against = texts("words.under", value=reference, regime=texts.regime(reading.baseline))
        return found | {
            "lead": texts("words.at", value=texts.number(line.end)),
            "interval": "",
            "against": against,
        }
    spread = ""
    if line.low is not None and line.high is not None:
        spread = " " + texts(
            "words.interval", low=write(float(line.low[-1])), high=write(float(line.high[-1]))
        )
    against = texts("words.over", regime=texts.regime(reading.baseline))
    return found | {"lead": write(line.end), "interval": spread, "against": against}


def _mind(reading: Reading, order: tuple[str, ...], values: dict[str, str], texts: Texts) -> str:
    return texts("words.mind_sure" if reading.lines[order[0]].side > 0 else "words.mind_open", **values)


def standings(reading: Reading, texts: Texts) -> list[str]:
    """Say which lines lie above zero, which below, and which cannot be told from it, as their bands do."""
    if reading.chart not in {"lead", "mind"} or reading.seeds < 2:
        return []
    write = texts.signed_percent if reading.relative else texts.signed
    groups: dict[int, list[str]] = {1: [], -1: [], 0: []}
    for regime in reading.order:
        if regime != reading.baseline or reading.chart == "mind":
            line = reading.lines[regime]
            groups[line.side].append(f"{texts.regime(regime)} ({write(line.end)})")
    reference = texts.regime(reading.baseline) if reading.chart == "lead" else texts("words.twin")
    keys = {1: "words.above", -1: "words.below", 0: "words.unclear"}
    return [
        capital(texts(keys[side], names=_list(names, texts), reference=reference))
        for side, names in groups.items()
        if names
    ]


def turn_sentences(found: Iterable[Turn], texts: Texts) -> list[str]:
    """Tell the latest turns: who was behind beyond chance, and is ahead beyond chance."""
    told = [
        texts("words.turn", one=texts.regime(turn.ahead), other=texts.regime(turn.behind), until=turn.until,
              since=turn.since)
        for turn in found
    ]  # fmt: skip
    return list(map(capital, told[:TURNS]))


def change_sentence(change: Change, moved: str, texts: Texts) -> str:
    """Say what a change did to every regime, and to the lead.

    Parameters
    ----------
    change
        What it did.
    moved
        What was changed, in words.
    texts
        Messages.
    """
    told = [
        f"{texts.regime(name)} {_effect(line, texts)}"
        for name, line in change.effects.items()
        if not line.nothing
    ]
    effects = _list(told, texts) if told else texts("words.nothing_changed")
    if told and len(told) < len(change.effects):
        effects = texts("words.others_unchanged", effects=effects)
    sentence = texts("words.change", moved=moved, effects=effects)
    if change.seeds < 2:
        return capital(f"{sentence}{texts('words.change_first')}")
    return capital(f"{sentence}{_leader_change(change, texts)}")


def most_moved(change: Change, texts: Texts) -> str:
    """Name the policy that a change moved most, and the one that it moved least, if any was moved beyond chance."""
    if change.seeds < 2 or not any(line.side for line in change.effects.values()):
        return texts("words.moved_none")
    ranked = sorted(change.effects, key=lambda name: -abs(change.effects[name].end))
    first, last = ranked[0], ranked[-1]
    values = {"first": texts.regime(first), "most": _effect(change.effects[first], texts)}
    if first == last:
        return texts("words.moved_one", **values)
    return texts(
        "words.moved_most", **values, last=texts.regime(last), least=_effect(change.effects[last], texts)
    )


def _effect(line: Line, texts: Texts) -> str:
    if line.nothing:
        return texts("words.unchanged")
    written = texts.signed_percent(line.end)
    if line.low is not None and not line.side:
        return f"{written} {texts('words.within_chance')}"
    return written


def _leader_change(change: Change, texts: Texts) -> str:
    if len(change.effects) < 2:
        return "."
    before, now = change.leader_before, change.leader_now
    key = {
        (True, True): "leader_same" if before == now else "leader_changed",
        (True, False): "leader_lost",
        (False, True): "leader_found",
        (False, False): "leader_none",
    }[bool(before), bool(now)]
    return texts(f"words.{key}", before=texts.regime(before), now=texts.regime(now))


def account_differences(sample: Sample, baseline: str) -> dict[str, dict[str, tuple[float, bool]]]:
    """Compare what each source of knowledge added with what it added under the baseline.

    Parameters
    ----------
    sample
        Runs.
    baseline
        Regime that the others are compared with.

    Returns
    -------
    dict
        For each other regime and source the mean of the paired differences, and whether it can be told from zero.
    """
    places = sample.kept()
    if not places:
        return {}
    accounts = sample.accounts(places)
    found: dict[str, dict[str, tuple[float, bool]]] = {}
    for regime, amounts in accounts.items():
        if regime == baseline:
            continue
        differences = amounts - accounts[baseline]
        ends = [interval(differences[:, place]) for place in range(len(ACCOUNT_SOURCES))]
        found[regime] = {
            source: (mean, distinguishable(low, high))
            for source, (mean, low, high) in zip(ACCOUNT_SOURCES, ends, strict=True)
        }
    return found


def account_means(
    sample: Sample, regimes: Iterable[str], most: int | None = None
) -> dict[str, dict[str, float]]:
    """Give what each source added under each regime, on average over the seeds that are shown."""
    places = sample.kept()[:most]
    if not places:
        return {}
    accounts = sample.of_regimes(regimes).accounts(places)
    return {
        regime: dict(zip(ACCOUNT_SOURCES, map(float, amounts.mean(axis=0)), strict=True))
        for regime, amounts in accounts.items()
    }


def why(reading: Reading, differences: Mapping[str, Mapping[str, tuple[float, bool]]], texts: Texts) -> str:
    """Name the sources through which the highest regime gains most beyond chance over the baseline."""
    first = next((name for name in reading.order if name != reading.baseline), "")
    sure = {source: mean for source, (mean, told_apart) in differences.get(first, {}).items() if told_apart}
    if not sure or reading.seeds < 2:
        return ""
    ranked = sorted(sure, key=lambda source: -abs(sure[source]))[: WHY + 1]
    parts = [
        f"{texts.known(f'sources.{source}', source.replace('_', ' '))} ({texts.signed(sure[source])})"
        for source in ranked
    ]
    names = {"first": texts.regime(first), "reference": texts.regime(reading.baseline)}
    return capital(texts("words.why", **names, parts=_list(parts, texts)))


def label_of(reading: Reading, regime: str, texts: Texts) -> str:
    """Write what stands at the end of a line: the regime, where it ends, and in how many runs it is best."""
    line, name = reading.lines[regime], texts.regime(regime)
    if not np.isfinite(line.end):
        return name
    if reading.chart in {"levels", "seed"}:
        return f"{name}\n{texts.number(line.end)}"
    zero = reading.chart == "lead" and regime == reading.baseline
    end = "0" if zero else (texts.signed_percent if reading.relative else texts.signed)(line.end)
    if reading.chart == "mind" or reading.seeds < 2 or len(reading.ends) < 2:
        return f"{name}\n{end}"
    key = "words.best_in" if reading.observable in OUTCOMES else "words.highest_in"
    return f"{name}\n" + texts(key, end=end, share=texts.share(reading.best_share[regime]))


def _list(names: list[str], texts: Texts) -> str:
    if len(names) < 2:
        return "".join(names)
    return texts("words.and", names=", ".join(names[:-1]), last=names[-1])


def capital(sentences: str) -> str:
    """Begin each sentence with a capital letter."""
    return BEGINNING.sub(lambda found: found[0].upper(), sentences)


def verdict(contributions: Any, outcome: str, texts: Texts) -> list[str]:
    """Say of an attribution which channels carry each lead, and where there is no lead to carry.

    Parameters
    ----------
    contributions
        What `analysis.statistics.shapley.attribute` gives.
    outcome
        Which outcome.
    texts
        Messages.
    """
    rows = contributions[contributions["outcome"] == outcome]
    sentences = []
    for regime in dict.fromkeys(rows["regime"]):
        mine = rows[rows["regime"] == regime]
        (lead,) = mine[mine["quantity"] == LEAD].to_dict("records")
        (rest,) = mine[mine["quantity"] == REMAINDER].to_dict("records")
        values = {
            "first": texts.regime(str(regime)), "lead": texts.signed_percent(lead["relative"]),
            "rest": texts.signed_percent(rest["relative"]), "seeds": str(lead["seeds"]),
        }  # fmt: skip
        if not distinguishable(lead["low"], lead["high"]):
            sentences.append(texts("words.no_lead", **values))
            continue
        parts = [
            each
            for each in mine[mine["quantity"] == CONTRIBUTION].to_dict("records")
            if distinguishable(each["low"], each["high"])
        ]
        named = [
            f"{texts('channels.' + each['channels'])} ({texts.signed_percent(each['relative'])})"
            for each in sorted(parts, key=lambda each: -abs(each["relative"]))
        ]
        key = "words.carried" if named else "words.uncarried"
        sentences.append(texts(key, **values, parts=_list(named, texts)))
    return list(map(capital, sentences))
