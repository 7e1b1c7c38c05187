"""What the evidence page says around its tables."""

from __future__ import annotations

FIGURES = {
    "facts": "How far each claim lies from its bound, and the verdict on each fact",
    "replication": "Mean level of knowledge over networks from ring to random, with controls",
    "sensitivity": "Elementary effects of conditions and parameters on each lead",
    "organisations": "What each kind of organisation contributes, with 95% intervals",
}

HEAD = """# Evidence

> **Of an earlier model:** sensitivity was measured, and the estimated parameters were found, before regions started
> steadily and domains were born and died. All else is of this model.

What was measured about the model, in one piece. `python -m docs.writers.evidence` wrote this page from tables that are
kept beside it (`docs/facts.json`, `docs/calibration.csv`, `docs/organisations.csv`, `docs/evidence/`), and no number in
it is typed by hand; given results folders, it keeps what is new in them first. What does not come out is told as it
is. [For reviewers](reviewers.md) says where else to look.

{summary}"""

FACTS_PART = """## Facts

```shell
python run.py facts --seeds {first}-{last} --out results/facts
```

{count} seeds that nothing was tuned on. A fact *holds* if all of its claims do, each with its whole 95% interval;
*by construction* means that an equation contains it, so that finding it is a check of the program and no evidence.
[Facts](facts.md) has every claim with its estimate.

{table}"""

REPLICATION_PART = """## Replication

{made}
The model of Cowan & Jonard (2004), barter of knowledge in small worlds, run again with its own parameters and with
controls that must make the finding vanish; [Replication](replication.md) says how, and how the paper was read.

{table}"""

CALIBRATION_PART = """## Calibration

```shell
python run.py calibrate check --write
```

{count} seeds, {first} to {last}, none of which is reported on. What each instrument adds to the primary outcome for the
same money when nobody is chosen, before regimes are compared ([Calibration](calibration.md)).

{table}"""

EUROPE_PART = """## Validation against Europe

{made}
Regions start as they were in 2008-09, run six years without policy, and are scored by the operator that scores what
happened; variants take out what might bring a result about. *Activities kept*: firms of the start stay counted where
they were; *another sample*: nothing moves but which firms are drawn. [Regions](regions.md) has the rest.

{table}"""

ESTIMATED_PART = """
With parameters that were estimated on the other half of the countries, which the model's defaults are not:

{made}
{table}"""

SENSITIVITY_PART = """## Sensitivity

{made}
Elementary effects (Morris 1991) on the lead of each regime over no policy, in percentage points, over {points} points
of conditions and assumed parameters and {seeds} seeds: mean absolute effect of a condition's whole range ± half of its
95% interval, and in brackets the mean with its sign. Bold: more than luck of the seeds. Ranges are in
`scenarios/sweeps/screening.toml`; [Understanding a sweep](uncertainty.md) says how luck is told.

{table}"""

ORGANISATIONS_PART = """## Organisations

```shell
python run.py organisations --seeds 20000-20127
```

Contributions of kinds of meso-organisations to the primary outcome that are more than chance, all tests considered
(Holm 1979); [Organisations](organisations.md) has the others.

{table}"""

VERIFICATION = """## Verification

That the program does what the equations say is held by tests that run with every change:

- a second implementation, one agent at a time in plain Python, agrees with the kernels on random states and on whole
  runs (`tests/reference/`);
- invariants: sources of the growth account sum to the change of knowledge in every step, ledgers add up, switching a
  process off leaves the luck of all others as it was, every parameter moves an output (`tests/invariants/`);
- equal scenario, seed and version give equal bits ([Reproducibility](reproducibility.md));
- facts and contributions are tested again on seeds that nothing else has used (`tests/facts/`, `tests/organisations/`).

    uv run pytest tests/reference tests/invariants
"""

LIMITS_PART = """## Limits

Named in [Design](design.md#known-limits), each with what follows from it:

{groups}"""
