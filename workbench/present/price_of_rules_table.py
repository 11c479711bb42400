"""The price of every rule of the ceiling, as tables and sentences; and which proposals survive them all."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.budgeting import Comparison, PriceOfRule
from workbench.domain.session import Session
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.places import village_names
from workbench.present.table import Align, Table, columns_of, rows_of
from workbench.prioritisation import Outcome

MOST_CONTESTED = 15
"""Contested proposals that a report lists; the sentence above counts them all."""

PRICES: tuple[tuple[str, Align, int], ...] = (
    ("rule_name", "left", 22),
    ("funded", "right", 8),
    ("total_score", "right", 15),
    ("money_left", "right", 13),
    ("villages_without", "right", 10),
    ("women_funded", "right", 12),
    ("poor_reached", "right", 12),
    ("voters_without", "right", 10),
)
SURVIVING: tuple[tuple[str, Align, int], ...] = (
    ("rank", "right", 8),
    ("proposal_code", "left", 12),
    ("activity", "left", 44),
    ("location", "left", 20),
    ("cost", "right", 16),
)
CONTESTED: tuple[tuple[str, Align, int], ...] = (
    ("rank", "right", 7),
    ("activity", "left", 32),
    ("location", "left", 14),
    ("cost", "right", 13),
    ("rules_funding", "left", 34),
)


def rule_name(rule: str, t: Translator) -> str:
    """Return a rule's short name, as the head of its line."""
    return t(f"budgeting.rule.{rule}")


def rule_said(rule: str, t: Translator) -> str:
    """Return a rule as the sentence that is read aloud."""
    return t(f"budgeting.said.{rule}")


def price_of_rules_table(found: Comparison, t: Translator) -> Table:
    """Return the rules side by side, one line for each.

    Parameters
    ----------
    found : Comparison
    t : Translator
    """
    rows = [(rule_name(rule, t), *_price(price, found, t)) for rule, price in found.prices.items()]
    caption = t("budgeting.table.prices", rules=len(found.prices))
    notes = [t("budgeting.table.shares")]
    if found.voters is not None and any(price.voters_without is None for price in found.prices.values()):
        notes.append(t("budgeting.table.few_voters"))
    if any(price.share_of_best is None for price in found.prices.values()):
        notes.append(t("budgeting.table.untold"))
    return Table(caption, columns_of(t, *PRICES), rows_of(rows), note=" ".join(notes))


def rules_read_aloud(found: Comparison, t: Translator) -> tuple[str, ...]:
    """Return each compared rule as a sentence, after its name."""
    return tuple(f"{rule_name(rule, t)}: {rule_said(rule, t)}" for rule in found.prices)


def _price(price: PriceOfRule, found: Comparison, t: Translator) -> Iterator[str]:
    style = t.style
    yield style.count(len(price.reading.funded))
    yield _total(price, t)
    yield style.rupiah(price.left)
    yield style.count(len(price.villages_without))
    yield _part(price.women, price.women_known, t)
    yield _part(price.poor_households, found.poor_households, t)
    yield style.count(price.voters_without)


def _total(price: PriceOfRule, t: Translator) -> str:
    """Return the total score and its share of the largest, as far as they may be shown."""
    if price.total_score is None:
        return t("score.few")
    total = t.style.number(price.total_score, 1)
    return total if price.share_of_best is None else f"{total} ({t.style.percent(price.share_of_best, 1)})"


def _part(part: int, whole: int, t: Translator) -> str:
    return f"{t.style.count(part)} ({t.style.percent(part / whole)})" if whole else EMPTY


def comparison_sentences(found: Comparison, t: Translator) -> tuple[str, ...]:
    """Return what the table shows and what it leaves out, one sentence after the other."""
    return tuple(_sentences(found, t))


def _sentences(found: Comparison, t: Translator) -> Iterator[str]:
    yield t("budgeting.compare.in_force", rule=rule_name(found.in_force, t))
    facts = {"count": len(found.surviving), "rules": len(found.prices)}
    yield t(f"budgeting.compare.{'surviving' if found.surviving else 'none_survive'}", **facts)
    if found.contested:
        yield t("budgeting.compare.contested", count=len(found.contested))
    yield t("budgeting.compare.villages", villages=found.villages)
    yield from _cards(found, t)
    yield from _left_out(found, t)
    yield t("budgeting.compare.caveat")


def _cards(found: Comparison, t: Translator) -> Iterator[str]:
    if "rule_without_ballots" not in found.not_computed.values():
        yield t("budgeting.compare.support")
        few = found.voters is None
        yield t(f"budgeting.compare.{'voters_few' if few else 'voters'}", voters=found.voters)
        if found.unscored:
            yield t("budgeting.compare.unscored", count=len(found.unscored))


def _left_out(found: Comparison, t: Translator) -> Iterator[str]:
    for rule, code in found.not_computed.items():
        yield t(f"budgeting.compare.{code}", rule=rule_name(rule, t))
    for price in found.prices.values():
        if not price.reading.proven:
            yield t("budgeting.compare.unproven", gap=price.reading.gap)
    if found.unpriced:
        yield t("budgeting.compare.unpriced", count=len(found.unpriced))


def surviving_table(found: Comparison, outcome: Outcome, session: Session, t: Translator) -> Table:
    """Return the proposals that every compared rule funds (usulan kokoh), in rank order."""
    places, names = village_names(session, t), session.proposals.frame["activity"]
    rows = [
        (
            t.style.count(outcome.ranking_of(label)),
            label,
            str(names[label]),
            str(places[label]),
            t.style.rupiah(outcome.cost_of(label)),
        )
        for label in found.surviving
    ]
    return Table(t("budgeting.table.surviving"), columns_of(t, *SURVIVING), rows_of(rows))


def contested_table(found: Comparison, outcome: Outcome, session: Session, t: Translator) -> Table:
    """Return the proposals that some rules fund and others do not, with the rules that do."""
    places, names = village_names(session, t), session.proposals.frame["activity"]
    shown = found.contested[:MOST_CONTESTED]
    rows = [
        (
            t.style.count(outcome.ranking_of(label)),
            t("budgeting.name", activity=str(names[label]), code=label),
            str(places[label]),
            t.style.rupiah(outcome.cost_of(label)),
            "; ".join(
                rule_name(rule, t) for rule, price in found.prices.items() if label in price.reading.funded
            ),
        )
        for label in shown
    ]
    cut = len(shown) < len(found.contested)
    note = t("budgeting.table.some", shown=len(shown), count=len(found.contested)) if cut else ""
    return Table(t("budgeting.table.contested"), columns_of(t, *CONTESTED), rows_of(rows), note=note)
