"""What META of a Pabulib file lays down: limits of a ballot, and what a project needs to be chosen at all.

A ballot beyond its limits is noted with its line and counted as it stands: the official count counted it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from types import MappingProxyType

from workbench.domain.election import VoteType
from workbench.errors import Problem, Severity
from workbench.store.pabulib_points import Card, listed, number
from workbench.store.pabulib_sections import Rows

DEFAULT = "default_score"
THRESHOLD = "min_project_score_threshold"
COUNTED = (DEFAULT, THRESHOLD)
"""Lines that change the count: one that cannot be read is refused."""
BORDA = ("", "borda")
"""Values of ``scoring_fn`` that this product counts."""
NOT_APPLIED = ("budget_per_category", "budget_per_neighborhood", "leftover_budget")
"""Lines that change a result, in ways that no rule here follows."""
NAMED_LINES = 10


@dataclass(frozen=True)
class Known:
    """What a ballot is measured with.

    Attributes
    ----------
    costs : mapping of project to Decimal
        As written.
    categories : mapping of project to tuple of str
    """

    costs: Mapping[str, Decimal]
    categories: Mapping[str, tuple[str, ...]]


Measure = Callable[[Card, Known], list[Decimal]]


def _length(card: Card, known: Known) -> list[Decimal]:  # noqa: ARG001 - one signature for all
    return [Decimal(len(card.order))]


def _cost(card: Card, known: Known) -> list[Decimal]:
    return [sum((known.costs.get(label, Decimal(0)) for label in card.order), Decimal(0))]


def _each(card: Card, known: Known) -> list[Decimal]:  # noqa: ARG001 - one signature for all
    return list(card.points or ())


def _sum(card: Card, known: Known) -> list[Decimal]:  # noqa: ARG001 - one signature for all
    return [sum(card.points or (), Decimal(0))]


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {"length": _length, "sum_cost": _cost, "points": _each, "sum_points": _sum}
)
"""What ``min_`` and ``max_`` with each of these names limit on a ballot."""
PER_CATEGORY = ("length", "sum_cost")
"""Measures that may also be limited for each category, with ``_per_category`` behind the name."""
ONE = "choose-1"


def meta_numbers(meta: Rows) -> tuple[dict[str, Decimal], list[Problem]]:
    """Return the numbers that META states, and the lines whose number cannot be read.

    Parameters
    ----------
    meta : list of (line, cells)
    """
    wanted = {f"{end}_{name}" for end in ("min", "max") for name in MEASURES}
    wanted |= {"min_project_cost", "max_project_cost", *COUNTED}
    found: dict[str, Decimal] = {}
    problems: list[Problem] = []
    for line, row in meta:
        key, text = row["key"], row["value"].strip()
        if key not in wanted or not text:
            continue
        value = number(text)
        if value is not None:
            found[key] = value
            continue
        severity = Severity.ERROR if key in COUNTED else Severity.NOTE
        problems.append(Problem("pb_number", severity, row=line, column=key, value=text))
    return found, problems


def limit_notes(
    meta: Mapping[str, str], numbers: Mapping[str, Decimal], cards: list[Card], known: Known
) -> Iterator[Problem]:
    """Note the ballots that lie beyond a limit, the lines of META that contradict each other or are not used.

    Parameters
    ----------
    meta : mapping of str to str
    numbers : mapping of str to Decimal
        From `meta_numbers`.
    cards : list of Card
    known : Known
    """
    if meta.get("vote_type", "").strip().lower() == ONE:
        numbers = {"min_length": Decimal(1), "max_length": Decimal(1), **numbers}
    for name, measure in MEASURES.items():
        low, high = numbers.get(f"min_{name}"), numbers.get(f"max_{name}")
        if low is not None and high is not None and low > high:
            facts = {"low": f"{low:f}", "high": f"{high:f}"}
            yield Problem("pb_limits_cross", Severity.NOTE, column=f"min_{name}", facts=facts)
            continue
        yield from _beyond(f"min_{name}", low, cards, partial(_end, min, measure, known))
        yield from _beyond(f"max_{name}", high, cards, partial(_end, max, measure, known))
    yield from _category_notes(meta, cards, known)
    for key in NOT_APPLIED:
        if meta.get(key, "").strip():
            yield Problem("pb_not_applied", Severity.NOTE, column=key, value=meta[key])


def _end(
    pick: Callable[[list[Decimal]], Decimal], measure: Measure, known: Known, card: Card
) -> Decimal | None:
    values = measure(card, known)
    return pick(values) if values else None


def _beyond(
    key: str,
    limit: Decimal | None,
    cards: list[Card],
    measured: Callable[[Card], Decimal | None],
    category: str = "",
) -> Iterator[Problem]:
    """Yield one note for a limit, with the lines of the ballots beyond it."""
    if limit is None:
        return
    sign = 1 if key.startswith("max_") else -1
    found = [(card.line, measured(card)) for card in cards]
    beyond = [(line, value) for line, value in found if value is not None and sign * (value - limit) > 0]
    if beyond:
        facts = {
            "limit": f"{limit:f}",
            "lines": tuple(line for line, _ in beyond[:NAMED_LINES]),
            "ballots": len(beyond),
            "category": category,
        }
        line, value = beyond[0]
        code = "pb_beyond_category" if category else "pb_beyond_limit"
        yield Problem(code, Severity.NOTE, row=line, column=key, value=f"{value:f}", facts=facts)


def _category_notes(meta: Mapping[str, str], cards: list[Card], known: Known) -> Iterator[Problem]:
    """Hold ballots to the limits of categories; one number holds for all of them, else one for each."""
    categories = listed(meta.get("categories", ""))
    for name in PER_CATEGORY:
        for end in ("min", "max"):
            key = f"{end}_{name}_per_category"
            limits = [number(part) for part in listed(meta.get(key, ""))]
            limits = limits * len(categories) if len(limits) == 1 else limits
            if len(limits) != len(categories):
                continue
            for category, limit in zip(categories, limits, strict=True):
                inside = partial(_within, category, MEASURES[name], known)
                yield from _beyond(key, limit, cards, inside, category)


def _within(category: str, measure: Measure, known: Known, card: Card) -> Decimal:
    order = tuple(label for label in card.order if category in known.categories.get(label, ()))
    return measure(Card(card.line, order, None), known)[0]


def project_notes(
    projects: Rows, numbers: Mapping[str, Decimal], costs: Mapping[str, Decimal]
) -> Iterator[Problem]:
    """Note the projects whose cost lies outside ``min_project_cost`` and ``max_project_cost``."""
    for end, sign in (("min", -1), ("max", 1)):
        key = f"{end}_project_cost"
        limit = numbers.get(key)
        for line, row in projects if limit is not None else ():
            label = row.get("project_id", "").strip()
            if limit is not None and sign * (costs[label] - limit) > 0:
                facts = {"limit": f"{limit:f}", "project": label}
                yield Problem(
                    "pb_cost_beyond",
                    Severity.NOTE,
                    row=line,
                    column=key,
                    value=f"{costs[label]:f}",
                    facts=facts,
                )


def scoring_fault(meta: Rows, vote_type: VoteType) -> Iterator[Problem]:
    """Refuse an order that is to be counted in a way that is not known here."""
    for line, row in meta:
        known = row["key"] != "scoring_fn" or row["value"].strip().lower() in BORDA
        if vote_type is VoteType.ORDINAL and not known:
            yield Problem("pb_scoring_fn", row=line, column="scoring_fn", value=row["value"])
