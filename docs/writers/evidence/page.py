"""The evidence page as Markdown, from kept tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from analysis.studies.facts.fact import Fact
from analysis.studies.facts.registry import FACTS
from docs.writers.evidence import texts
from docs.writers.evidence.reading import Evidence
from model.record import OUTCOMES

VERDICTS = ("holds", "by construction", "partly", "does not hold")
MEASURES = {
    "entry_rate": "share of activities that regions enter",
    "exit_rate": "share of activities that regions leave",
    "auc_within": "how well relatedness tells entries, within regions (.5: not at all, 1: always)",
    "exit_auc_within": "how well a lack of it tells exits, the same",
    "auc": "how well relatedness tells entries, over all pairs",
    "persistence": "persistence of specialisation (autocorrelation of log quotients)",
    "churn": "spread of its change",
    "correlation_with_data": "correlation of its change with what happened",
}


def page(evidence: Evidence) -> str:
    """Write the page.

    Parameters
    ----------
    evidence
        What it is written from.

    Returns
    -------
    str
        Markdown.
    """
    parts = [_facts(evidence), _replication(evidence), _calibration(evidence), _europe(evidence)]
    parts += [_sensitivity(evidence), _organisations(evidence), texts.VERIFICATION, _limits(evidence)]
    written = _with_figures(evidence, filter(None, parts))
    return texts.HEAD.format(summary=_summary(evidence)) + "".join(f"\n{part}" for part in written)


def _summary(evidence: Evidence) -> str:
    verdicts = _verdicts(evidence)
    rows = [
        ("[Facts](#facts)", "does the model show what the literature found?", _counted(verdicts.values()))
    ]
    if "replication" in evidence.tables:
        statements = evidence.tables["replication"]
        rows.append(
            (
                "[Replication](#replication)",
                "does a published model give its own findings here?",
                _counted(statements["verdict"]),
            )
        )
    yields = evidence.calibration
    set_ones = yields[yields["verdict"].isin(["within", "outside"])]
    rows.append(
        (
            "[Calibration](#calibration)",
            "does every instrument yield the same for the same money, given to anybody?",
            f"{int((set_ones['verdict'] == 'within').sum())} of {len(set_ones)} within tolerance of the reference",
        )
    )
    if "europe" in evidence.tables:
        europe = evidence.tables["europe"].set_index("measure")
        told = _pair(europe, "auc_within")
        moves = _pair(europe, "entry_rate")
        rows.append(
            (
                "[Validation against Europe](#validation-against-europe)",
                "do simulated regions change as real ones did?",
                f"relatedness tells entries: {told}; share that regions enter: {moves}",
            )
        )
    if "sensitivity" in evidence.tables:
        table = evidence.tables["sensitivity"]
        rows.append(
            (
                "[Sensitivity](#sensitivity)",
                "on which conditions and parameters do the leads depend?",
                f"{int(table['influential'].sum())} of {len(table)} effects are more than luck",
            )
        )
    if "organisations" in evidence.tables:
        contributions = _contributions(evidence)
        sure = int(contributions["distinguishable"].sum())
        told = f"{sure} of {len(contributions)} contributions are more than chance"
        rows.append(("[Organisations](#organisations)", "what does each kind contribute?", told))
    rows.append(
        ("[Verification](#verification)", "does the program do what the equations say?", "held by tests")
    )
    rows.append(
        (
            "[Limits](#limits)",
            "what is known to be weak?",
            f"{sum(map(len, evidence.limits.values()))} listed",
        )
    )
    return _table(("part", "question", "what came out"), rows)


def _pair(europe: pd.DataFrame, measure: str) -> str:
    model, data = (_short(float(europe[name][measure])) for name in ("model", "data"))
    return f"{model} in the model, {data} in the data"


def _counted(verdicts: Iterable[str]) -> str:
    given = list(verdicts)
    return ", ".join(f"{name}: {given.count(name)}" for name in VERDICTS if name in given)


def _verdicts(evidence: Evidence) -> dict[str, str]:
    return {row["fact"]: row["verdict"] for row in evidence.facts["claims"] if row["claim"]}


def _facts(evidence: Evidence) -> str:
    verdicts = _verdicts(evidence)
    first, last = evidence.facts["seeds"]
    rows = [
        (
            str(fact.number),
            " ".join(fact.statement.split()),
            f"**{verdicts[fact.name]}**",
            _claims_that_hold(evidence, fact),
        )
        for fact in FACTS.values()
        if isinstance(fact, Fact)
    ]
    return texts.FACTS_PART.format(
        first=first,
        last=last,
        count=evidence.facts["count"],
        table=_table(("", "fact", "verdict", "claims that hold"), rows),
    )


def _claims_that_hold(evidence: Evidence, fact: Fact) -> str:
    ruled = {claim.name for claim in fact.claims if claim.side != "shown"}
    rows = [row for row in evidence.facts["claims"] if row["fact"] == fact.name and row["claim"] in ruled]
    return f"{sum(bool(row['claim_holds']) for row in rows)} of {len(rows)}"


def _replication(evidence: Evidence) -> str:
    if "replication" not in evidence.tables:
        return ""
    rows = [
        (row["statement"], f"{row['difference']:+.3f}", f"{row['low']:+.3f} to {row['high']:+.3f}",
         f"{row['seeds']:.0f}", f"**{row['verdict']}**")
        for row in evidence.tables["replication"].to_dict("records")
    ]  # fmt: skip
    headings = ("statement", "weakest difference", "95% interval", "seeds", "verdict")
    return texts.REPLICATION_PART.format(made=_made(evidence, "replication"), table=_table(headings, rows))


def _calibration(evidence: Evidence) -> str:
    yields = evidence.calibration
    rows = [
        (f"`{row['instrument']}`", f"{row['yield']:+.2f}", f"{row['yield_low']:+.2f} to {row['yield_high']:+.2f}",
         f"{row['difference']:+.2f}", row["verdict"])
        for row in yields.to_dict("records")
    ]  # fmt: skip
    first: Any = yields.iloc[0]
    headings = ("instrument", "yield, %", "95% interval", "from the reference", "verdict")
    return texts.CALIBRATION_PART.format(
        count=int(first["seeds"]),
        first=int(first["first_seed"]),
        last=int(first["last_seed"]),
        table=_table(headings, rows),
    )


def _europe(evidence: Evidence) -> str:
    if "europe" not in evidence.tables:
        return ""
    text = texts.EUROPE_PART.format(
        made=_made(evidence, "europe"), table=_measures(evidence.tables["europe"])
    )
    if "europe_estimated" in evidence.tables:
        name = "europe_estimated"
        table = _measures(evidence.tables[name])
        text += texts.ESTIMATED_PART.format(made=_made(evidence, name), table=table)
    return text


def _measures(europe: pd.DataFrame) -> str:
    table = europe.set_index("measure")
    rows = [
        (label, *(_short(float(table[variant][measure])) for variant in table.columns))
        for measure, label in MEASURES.items()
        if measure in table.index
    ]
    return _table(("", *map(str, table.columns)), rows)


def _sensitivity(evidence: Evidence) -> str:
    if "sensitivity" not in evidence.tables:
        return ""
    table = evidence.tables["sensitivity"]
    regimes = list(dict.fromkeys(table["regime"]))
    cells = {(row["factor"], row["regime"]): row for row in table.to_dict("records")}
    factors = list(dict.fromkeys(table["factor"]))
    rows = [(f"`{factor}`", *(_effect(cells[factor, regime]) for regime in regimes)) for factor in factors]
    first: Any = table.iloc[0]
    return texts.SENSITIVITY_PART.format(
        made=_made(evidence, "sensitivity"), points=int(first["points"]), seeds=int(first["seeds"]),
        table=_table(("condition or parameter", *(f"`{regime}`" for regime in regimes)), rows),
    )  # fmt: skip


def _effect(row: Mapping[Any, Any]) -> str:
    text = f"{row['mu_star']:.1f} ± {row['mu_star_half_width']:.1f} ({row['mu']:+.1f})"
    return f"**{text}**" if row["influential"] else text


def _contributions(evidence: Evidence) -> pd.DataFrame:
    table = evidence.tables["organisations"]
    return table[(table["outcome"] == OUTCOMES[0]) & table["probability"].notna()]


def _organisations(evidence: Evidence) -> str:
    if "organisations" not in evidence.tables:
        return ""
    told = _contributions(evidence)
    told = told[told["distinguishable"]]
    rows = [
        (f"`{row['kind']}`", f"`{row['regime']}`", f"{row['relative']:+.1f}",
         f"{row['relative_low']:+.1f} to {row['relative_high']:+.1f}", f"{row['seeds']:.0f}")
        for row in told.to_dict("records")
    ]  # fmt: skip
    table = _table(("kind", "under", "contribution, %", "95% interval", "seeds"), rows) if rows else "None.\n"
    return texts.ORGANISATIONS_PART.format(table=table)


def _limits(evidence: Evidence) -> str:
    groups = "".join(
        f"- {name}: {'; '.join(each[:1].lower() + each[1:] for each in named)}.\n"
        for name, named in evidence.limits.items()
    )
    return texts.LIMITS_PART.format(groups=groups)


def _with_figures(evidence: Evidence, parts: Iterable[str]) -> Iterator[str]:
    """Put the figure of a part, if one is kept, at its end."""
    for part in parts:
        name = part.partition("\n")[0].removeprefix("## ").lower()
        name = "europe" if name.endswith("europe") else name
        figure = f"\n![{texts.FIGURES[name]}](evidence/{name}.svg)\n" if name in evidence.figures else ""
        yield part + figure


def _made(evidence: Evidence, name: str) -> str:
    source = evidence.sources[name]
    commands = "\n".join(source["commands"])
    changed = ", with files changed since" if source["changed_since"] else ""
    commit = f", commit `{source['commit']}`" if source["commit"] else ""
    version = f"version {source['version']}{commit}{changed}"
    return f"```shell\n{commands}\n```\n\nMade on {source['written']} with {version}.\n"


def _short(value: float) -> str:
    return f"{value:.3f}".replace("0.", ".", 1) if abs(value) < 1 else f"{value:.3g}"


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(headings)]
    lines += [["---"] * len(lines[0])]
    lines += [[" ".join(cell.replace("|", "\\|").split()) or " " for cell in row] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
