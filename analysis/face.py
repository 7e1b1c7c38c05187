"""Studies from Python: one call does what a command does, and what it returns can be looked at in a notebook."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.regions.application import AS_PUBLISHED, Priorities, load_with_region
from analysis.regions.purse import budget_share, purse
from analysis.report.findings import report_of
from analysis.report.page import render
from analysis.runs.experiment import AS_WRITTEN, Experiment
from analysis.runs.horizon import within
from analysis.runs.progress import Listener, ignore
from analysis.runs.results_folder import read_manifest
from analysis.runs.seeds import TYPICAL, parse_seeds
from analysis.studies import publisher
from analysis.studies.ablation.design import design as ablation_of
from analysis.studies.comparison import policies
from analysis.studies.comparison.design import Comparison, name_of_work
from analysis.studies.optimisation.design import design as optimisation_of
from analysis.studies.optimisation.levers import ALWAYS
from analysis.studies.study import Findings, Study
from analysis.words.document import Section, Table, text_of
from model.region import DEFAULT_SCENARIO
from model.scenario import REGIME_NAMES, Scenario
from model.spec.declarations import declarations

if TYPE_CHECKING:
    from matplotlib.figure import Figure

AnyScenario = Scenario | str | Path
Regimes = Sequence[str] | str | None


@dataclass(frozen=True)
class Answer:
    """What a study found, to be looked at from Python; tables are attributes by name.

    Attributes
    ----------
    findings
        The findings, with sentences and sections.
    """

    findings: Findings

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Tables by name."""
        return self.findings.tables

    @property
    def figures(self) -> tuple[str, ...]:
        """Names of figures."""
        return tuple(self.findings.figures("light"))

    def plot(self, name: str | None = None, *, theme: str = "light") -> Figure:
        """Draw a figure.

        Parameters
        ----------
        name
            One of `figures`; the first by default.
        theme
            ``"light"`` or ``"dark"``.

        Returns
        -------
        matplotlib.figure.Figure
            The figure.

        Raises
        ------
        LookupError
            If there is no figure of this name.
        """
        made = self.findings.figures(theme)
        chosen = next(iter(made), "") if name is None else name
        if chosen not in made:
            raise LookupError(f"there is no figure {chosen!r}; there are {', '.join(made) or 'none'}")
        return made[chosen]()

    def save(self, folder: Path | str, *, theme: str | None = "light") -> Path:
        """Write tables, figures and manifest into a folder, as the command does; see `analysis.open_results`."""
        return publisher.save(self.findings, folder, theme=theme)

    def report(self, path: Path | str) -> Path:
        """Write one HTML page that needs nothing else.

        Parameters
        ----------
        path
            The file.

        Returns
        -------
        pathlib.Path
            The file.
        """
        with TemporaryDirectory() as place:
            folder = self.save(Path(place) / "results")
            manifest = read_manifest(folder) or {}
            page = render((report_of(folder, manifest),))
        path = Path(path)
        path.write_text(page, "utf-8")
        return path

    def __getattr__(self, name: str) -> pd.DataFrame:
        tables = self.__dict__["findings"].tables if "findings" in self.__dict__ else {}
        if name in tables:
            table: pd.DataFrame = tables[name]
            return table
        raise AttributeError(f"there is no table {name!r}; there are {', '.join(tables)}")

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.tables})

    def __repr__(self) -> str:
        return "\n".join([self.findings.title, self.findings.size(), *self.findings.sentences()])

    def _repr_html_(self) -> str:
        """Show the answer and what supports it in a notebook."""
        told = self.findings
        parts = [f"<h3>{escape(told.title)}</h3>", f"<p>{escape(told.size())}</p>"]
        parts += [f"<p>{escape(sentence)}</p>" for sentence in told.sentences()]
        parts += [_html(section) for section in told.sections() if not section.aside]
        return "\n".join(parts)


def _html(section: Section) -> str:
    paragraphs = "".join(f"<p>{escape(text_of(each))}</p>" for each in section.paragraphs)
    tables = "".join(map(_table, section.tables))
    return f"<details><summary>{escape(section.heading)}</summary>{paragraphs}{tables}</details>"


def _table(table: Table) -> str:
    rows = [[text_of((cell,)) for cell in row] for row in table.rows]
    # Headings may occur twice, so they stand in a frame as they are, not as keys.
    frame = pd.DataFrame(rows)
    frame.columns = pd.Index(table.headings)
    return f"<p>{escape(table.caption)}</p>{frame.to_html(index=False, border=0)}"


def compare(
    scenario: AnyScenario | Mapping[str, AnyScenario] = DEFAULT_SCENARIO,
    *,
    regimes: Regimes = REGIME_NAMES,
    seeds: int | str | Sequence[int] = 16,
    steps: int | None = None,
    region: str | None = None,
    attribute: bool = False,
    against: str | None = None,
    discount: float = 0.0,
    budget: str | float | None = None,
    wage_bill: str | float | None = None,
    sectors: str | None = None,
    leave_out: str | None = None,
    jobs: int | None = None,
    store: Path | str | None = None,
    progress: Listener = ignore,
    **parameters: Any,
) -> Answer:
    """Compare regimes on the same regions and with the same luck.

    Parameters
    ----------
    scenario
        A scenario, the name of a story, or the path of a TOML file; or several by the names of their policies, which
        are then compared as they are written, in the region of the first that all must share.
    regimes
        Names of regimes, of switches between two (``"sector:smart_specialisation@5"``), and ``"as_written"``.
    seeds
        How many, or which; as text, as the command line takes them.
    steps
        Quarters to run, if not those of the scenario.
    region
        A measured region in place of the scenario's own.
    attribute
        Whether leads are attributed to channels, for which every regime is run seven times more.
    against
        Policy that the others are compared with; no policy where it takes part, else the first.
    discount
        Yearly rate at which later gains count less in averages over the whole time.
    budget
        Euros a year (``60e6``, ``"60m"``), in place of the share of wages ``policy__budget``.
    wage_bill
        Wages of the region in euros a year, for results in euros; by default people at work times the average pay of
        the country of a measured region, where that is published.
    sectors
        What sectors are in a measured region: ``"divisions"``, ``"C10-C12,C25+C28"``, or the path of a table.
    leave_out
        What nobody makes a priority there: ``"F,G,L68"``, or ``"non_tradables"``.
    jobs
        Processes to use; all cores by default.
    store
        Folder of results, in which runs are kept and found again; by default they are not.
    progress
        Told how far it is.
    **parameters
        Parameters that differ, two underscores for a dot: ``firms__number=100``.

    Returns
    -------
    Answer
        Tables, figures, sentences.

    Raises
    ------
    analysis.errors.RequestError, model.loading.ScenarioError
        If what is asked for makes no sense.
    """
    known = purse(region, None if wage_bill is None else _amount(wage_bill))
    if budget is not None:
        parameters = {**parameters, "policy__budget": budget_share(_amount(budget), known)}
    wanted = Priorities(sectors, leave_out)
    if isinstance(scenario, Mapping):
        written = {name: _loaded(each, steps, region, parameters, wanted) for name, each in scenario.items()}
        policies.check_regions(written)
        scenario = next(iter(written.values()))
        asked = _experiment(scenario, regimes, seeds, None, None, {}, attribute=attribute)
        names = (*asked.regimes, *written)
        asked = replace(asked, story="-".join(written), regimes=names, policies=tuple(written.items()))
    else:
        asked = _experiment(scenario, regimes, seeds, steps, region, parameters, wanted, attribute=attribute)
    return _answer(Comparison(asked, discount, against, known), jobs, progress, store)


def _amount(euros: str | float) -> str:
    return euros if isinstance(euros, str) else f"{euros:.2f}"


def run(
    scenario: AnyScenario = DEFAULT_SCENARIO,
    *,
    regime: str | None = None,
    seeds: int | str | Sequence[int] = TYPICAL,
    **options: Any,
) -> Answer:
    """Run a scenario under one regime, by default the policy that it declares itself; else as `compare`."""
    return compare(scenario, regimes=None if regime is None else [regime], seeds=seeds, **options)


def ablate(
    scenario: AnyScenario = DEFAULT_SCENARIO,
    *,
    regimes: Regimes = REGIME_NAMES[1:],
    seeds: int | str | Sequence[int] = 16,
    steps: int | None = None,
    region: str | None = None,
    jobs: int | None = None,
    store: Path | str | None = None,
    progress: Listener = ignore,
    **parameters: Any,
) -> Answer:
    """Find which switch between regimes does the work; parameters as for `compare`."""
    asked = _experiment(scenario, regimes, seeds, steps, region, parameters)
    return _answer(ablation_of(asked), jobs, progress, store)


def optimise(
    scenario: AnyScenario = DEFAULT_SCENARIO,
    *,
    policies: int = 1_000,
    objectives: Sequence[str] | str = "value",
    levers: Sequence[str] | str = ALWAYS,
    at_least: Sequence[str] = (),
    at_most: Sequence[str] = (),
    regimes: Regimes = None,
    futures: int = 12,
    uncertain: Sequence[str] = (),
    sampler: str = "nsga2",
    search_seed: int = 0,
    seeds: int | str | Sequence[int] = 48,
    steps: int | None = None,
    region: str | None = None,
    jobs: int | None = None,
    store: Path | str | None = None,
    progress: Listener = ignore,
    **parameters: Any,
) -> Answer:
    """Find the best policy, and how far each regime is from it.

    Parameters
    ----------
    scenario, steps, region, jobs, store, progress, **parameters
        See `compare`.
    policies
        How many policies are tried.
    objectives
        What is wanted: ``"value"``, ``"knowledge"``, ``"breadth"``, ``"output"``, ``"jobs"``, ``"cost"``, ``"worst"``.
        The first ranks policies; several make a front.
    levers
        What may be changed, see `analysis.studies.optimisation.levers.GROUPS`.
    at_least, at_most
        What must be kept, in percent of no policy: ``"sector:NAME=95"``, ``"place:2=95"``, ``"output=100"``.
    regimes
        What is held against the best; regimes, twins and in a measured region real strategies by default.
    futures, uncertain
        In how many futures the best are tried, and what these differ in, ``["recombination=0:2"]``.
    sampler, search_seed
        Who proposes, and the seed of the search.
    seeds
        Fresh seeds on which everything is reported, from 10000 on.

    Returns
    -------
    Answer
        Tables, figures, sentences; ``findings.texts["best.toml"]`` is the best policy as a scenario.

    Raises
    ------
    analysis.errors.RequestError, model.loading.ScenarioError
        If what is asked for makes no sense.
    """
    asked = _experiment(scenario, None, seeds, steps, region, parameters)
    # A scenario that was put together in Python is written in full.
    study = optimisation_of(
        asked.scenario, asked.story, policies=policies, seeds=asked.seeds, levers=levers, objectives=objectives,
        at_least=at_least, at_most=at_most, regimes=regimes, futures=futures, uncertain=uncertain, sampler=sampler,
        search_seed=search_seed, region=region,
    )  # fmt: skip
    return _answer(study, jobs, progress, store)


def open_results(folder: Path | str) -> Answer:
    """Open results that a command or `Answer.save` wrote.

    Raises
    ------
    analysis.errors.RequestError
        If there are none, or they are of a kind or version that cannot be opened.
    """
    return Answer(publisher.open_results(folder))


def _answer(study: Study, jobs: int | None, progress: Listener, store: Path | str | None) -> Answer:
    return Answer(study.run(jobs=jobs, progress=progress, store=None if store is None else Path(store)))


def _experiment(
    reference: AnyScenario,
    regimes: Regimes,
    seeds: int | str | Sequence[int],
    steps: int | None,
    region: str | None,
    parameters: Mapping[str, Any],
    priorities: Priorities = AS_PUBLISHED,
    *,
    attribute: bool = False,
) -> Experiment:
    scenario = _loaded(reference, steps, region, parameters, priorities)
    if isinstance(seeds, int | str):
        seeds = parse_seeds(str(seeds), scenario.story.typical_seed)
    names = regimes.split(",") if isinstance(regimes, str) else regimes or (AS_WRITTEN,)
    name = "scenario" if isinstance(reference, Scenario) else str(reference)
    return Experiment(
        name_of_work(name, region), scenario, tuple(n.strip() for n in names), tuple(seeds), attribute
    )


def _loaded(
    reference: AnyScenario,
    steps: int | None,
    region: str | None,
    parameters: Mapping[str, Any],
    priorities: Priorities = AS_PUBLISHED,
) -> Scenario:
    settings = {key.replace("__", "."): value for key, value in parameters.items()}
    scenario = load_with_region(reference, settings, region, priorities)
    if steps is not None:
        scenario, late = within(scenario, steps)
        if late:
            warnings.warn(f"{steps} steps end before what is left out: {', '.join(late)}", stacklevel=5)
    return scenario


def _completed(function: Callable[..., Answer]) -> None:
    """Have notebooks offer the parameters of scenarios where a function takes any keyword."""
    own = inspect.signature(function)
    named = [each for each in own.parameters.values() if each.kind is not each.VAR_KEYWORD]
    keys = (declared.key.replace(".", "__") for declared in declarations(Scenario))
    more = [
        inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, default=None)
        for key in dict.fromkeys(keys)
        if key.isidentifier() and key not in own.parameters
    ]
    rest = [each for each in own.parameters.values() if each.kind is each.VAR_KEYWORD]
    function.__signature__ = own.replace(parameters=[*named, *more, *rest])  # type: ignore[attr-defined]


for _function in (compare, ablate, optimise):
    _completed(_function)
