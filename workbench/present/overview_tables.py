"""What surrounds the ranking: villages, stages, notes on the data, rules, the reproducibility card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.errors import Problem, Severity
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.places import village_totals
from workbench.present.problems import problem_place, problem_sentence
from workbench.present.rules import rule_sentence, spoken
from workbench.present.table import Table, columns_of, rows_of
from workbench.prioritisation import Outcome

SEVERITIES = (Severity.ERROR, Severity.SET_ASIDE, Severity.NOTE)
"""The order in which notes on the data are read."""


def village_totals_table(outcome: Outcome, session: Session, t: Translator) -> Table:
    """Return what each village asked for and got; villages with nothing accommodated are named below."""
    totals = village_totals(outcome, session, t)
    numbers = ("proposals", "funded", "unpriced")
    amounts = ("cost", "cost_funded")

    def line(name: str, values: pd.Series) -> tuple[str, ...]:
        known = not values["proposals"] or values["unpriced"] < values["proposals"]
        return (
            name,
            *(t.style.count(int(values[column])) for column in numbers),
            *(t.style.rupiah(int(values[column]) if known else None) for column in amounts),
        )

    rows = [line(str(values["name"]), values) for _, values in totals.iterrows()]
    total = line(t("word.total"), totals[[*numbers, *amounts]].sum())
    columns = columns_of(
        t,
        ("village", "left", 0),
        ("proposals", "right", 10),
        ("funded", "right", 12),
        ("unpriced", "right", 12),
        ("cost_proposed", "right", 20),
        ("cost_funded", "right", 20),
    )
    note = villages_note(outcome, session, t)
    return Table(t("table.village_totals"), columns, rows_of(rows), note=note, total=total if rows else ())


def villages_note(outcome: Outcome, session: Session, t: Translator) -> str:
    """Name the villages that asked and have nothing accommodated."""
    if outcome.allocation is None:
        return t("table.village_totals.no_ceiling")
    if outcome.table.empty:
        return t("wall.list.empty")
    totals = village_totals(outcome, session, t)
    without = totals[(totals["proposals"] > 0) & (totals["funded"] == 0)]["name"]
    if without.empty:
        return t("table.village_totals.all_served")
    return t("table.village_totals.note", villages=without.tolist())


def funnel_table(outcome: Outcome, t: Translator) -> Table:
    """Return how many proposals went on from one stage to the next."""
    funnel = outcome.funnel
    totals = {str(stage): int(count) for stage, count in funnel.totals.items()}
    rows = [
        (
            str(step["parent_stage"]) or t("word.no_stage"),
            str(step["stage"]) or t("word.no_stage"),
            t.style.count(totals.get(str(step["parent_stage"]), 0)),
            t.style.count(int(step["parents"])),
            t.style.count(int(step["children"])),
        )
        for _, step in funnel.steps.iterrows()
    ]
    rows += [
        (stage or t("word.no_stage"), EMPTY, t.style.count(count), EMPTY, EMPTY)
        for stage, count in sorted(totals.items())
        if stage not in set(funnel.steps["parent_stage"])
    ]
    columns = columns_of(
        t,
        ("parent_stage", "left", 0),
        ("stage", "left", 0),
        ("stage_total", "right", 16),
        ("parents", "right", 16),
        ("children", "right", 16),
    )
    note = t("table.funnel.note", orphans=len(funnel.orphans))
    return Table(t("table.funnel"), columns, rows_of(rows), note=note)


def data_quality_table(problems: Iterable[Problem], t: Translator, limit: int = 200) -> Table:
    """Return notes on the data, the heaviest first, each with its place and remedy.

    Parameters
    ----------
    problems : iterable of Problem
    t : Translator
    limit : int
        Rows that are printed; the note below says how many more there are.
    """
    ordered = sorted(
        problems, key=lambda problem: (SEVERITIES.index(problem.severity), problem.file, problem.row or 0)
    )
    rows = [
        (t(f"severity.{problem.severity.value}"), problem_place(problem, t), problem_sentence(problem, t))
        for problem in ordered[:limit]
    ]
    columns = columns_of(t, ("severity", "left", 12), ("place", "left", 28), ("message", "left", 60))
    hidden = len(ordered) - len(rows)
    note = t("table.data_quality.more", count=hidden) if hidden else ""
    return Table(
        t("table.data_quality"), columns, rows_of(rows), note=note if rows else t("table.data_quality.none")
    )


def faulty_rows_table(problems: Iterable[Problem], title: str, t: Translator) -> Table:
    """Return every fault of an input with its place, what stands there, what is wrong and the remedy."""
    ordered = sorted(problems, key=lambda problem: (problem.file, problem.sheet, problem.row or 0))
    rows = [
        (problem_place(problem, t), problem.value or EMPTY, problem_sentence(problem, t))
        for problem in ordered
    ]
    columns = columns_of(t, ("place", "left", 30), ("found_value", "left", 20), ("message", "left", 50))
    return Table(title, columns, rows_of(rows))


def data_quality_counts_table(problems: Iterable[Problem], t: Translator) -> Table:
    """Return one line for each kind of note: how many there are, and the first of them as example."""
    problems = list(problems)
    counts = Counter((problem.severity, problem.code) for problem in problems)
    first = {(problem.severity, problem.code): problem for problem in reversed(problems)}
    ordered = sorted(counts, key=lambda kind: (SEVERITIES.index(kind[0]), -counts[kind], kind[1]))
    rows = [
        (
            t(f"severity.{kind[0].value}"),
            t.style.count(counts[kind]),
            problem_sentence(first[kind], t),
            problem_place(first[kind], t),
        )
        for kind in ordered
    ]
    columns = columns_of(
        t, ("severity", "left", 12), ("count", "right", 8), ("message", "left", 55), ("place", "left", 25)
    )
    note = "" if rows else t("table.data_quality.none")
    return Table(t("table.data_quality_counts"), columns, rows_of(rows), note=note)


def rules_table(rules: Rules, t: Translator) -> Table:
    """Return every choice of the rules with its sentence."""
    rows = [(t(f"rule.{name}"), rule_sentence(name, rules, t)) for name in spoken(rules)]
    columns = columns_of(t, ("fact", "left", 25), ("value", "left", 75))
    return Table(t("table.rules"), columns, rows_of(rows))


def reproducibility_table(pairs: Mapping[str, str] | Sequence[tuple[str, str]], t: Translator) -> Table:
    """Return the reproducibility card.

    Parameters
    ----------
    pairs : mapping or sequence of pairs
        Item and value, in the order they are printed, as text.
    t : Translator
    """
    given = pairs.items() if isinstance(pairs, Mapping) else pairs
    columns = columns_of(t, ("fact", "left", 30), ("value", "left", 70))
    note = t("table.reproducibility.note")
    rows = rows_of((str(fact), str(value) or EMPTY) for fact, value in given)
    return Table(t("table.reproducibility"), columns, rows, note=note)
