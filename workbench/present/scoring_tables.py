"""How the scores came about: criteria and weights, contributions, sums of points beside scores."""

from __future__ import annotations

from workbench.domain.criteria import Measure
from workbench.domain.session import Session
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.score_words import noted, score_word
from workbench.present.table import ColumnSpec, Table, columns_of, rows_of
from workbench.prioritisation import Outcome

MINUS = "\u2212"


def weights_table(outcome: Outcome, session: Session, t: Translator) -> Table:
    """Return the criteria with their weights in the forum's own notation, share, measure and scale."""
    criteria = session.criteria.frame
    shares = outcome.weights.values.to_dict()
    rows = [
        (
            str(label),
            str(line["name"]),
            _declared(line["weight_text"], line["weight"], outcome, t),
            t.style.percent(shares[str(label)], 1),
            _measure(line["measure"], line["column"], t),
            f"{_plain(line['scale_min'], t)}\u2013{_plain(line['scale_max'], t)}",
            t(f"direction.{line['direction']}"),
            str(line["scale_anchors"]) or EMPTY,
        )
        for label, line in criteria.iterrows()
    ]
    columns = columns_of(
        t,
        ("criterion_code", "left", 5),
        ("criterion", "left", 17),
        ("weight", "right", 9),
        ("share", "right", 7),
        ("measure", "left", 13),
        ("scale", "right", 5),
        ("direction", "left", 12),
        ("scale_anchors", "left", 32),
    )
    return Table(t("table.weights"), columns, rows_of(rows), note=weights_note(outcome, t))


def weights_note(outcome: Outcome, t: Translator) -> str:
    """Return where the weights come from and, for comparisons, how consistent the group is."""
    weights = outcome.weights
    if not weights.participants:
        declared = weights.method if weights.method in ("equal", "percent") else "direct"
        return t(f"table.weights.{declared}")
    if weights.comparisons is None or weights.method == "combined":
        return t("table.weights.answered", participants=weights.participants)
    source = t("table.weights.compared", participants=weights.participants)
    found = weights.consistency
    if found is None or len(weights.groups) > 1:
        return source  # the section about the comparisons says how consistent each group of criteria is
    table = t(f"rule_short.random_index.{found.table}")
    return f"{source} {t('table.weights.ratio', cr=found.cr, threshold=found.threshold, table=table)}"


def _declared(written: str, weight: float, outcome: Outcome, t: Translator) -> str:
    """Return the weight in the forum's own notation; a dash where the weights come from answers."""
    if outcome.weights.participants:
        return EMPTY
    return str(written) or _plain(weight, t)


def contributions_table(outcome: Outcome, session: Session, t: Translator, top: int = 10) -> Table:
    """Return, for the first ranked proposals, the part of the score that each criterion gave."""
    lines = outcome.table[outcome.table["rank"].notna()].iloc[:top]
    criteria = session.criteria.frame["name"]
    activity = session.proposals.frame["activity"]
    contributions = outcome.scoring.contributions[list(criteria.index)]
    rows = [
        (
            t.style.count(int(lines["rank"][label])),
            str(activity[label]),
            score_word(outcome, label, t),
            *(t.style.number(part) for part in outcome.parts_of(str(label), contributions)),
        )
        for label in lines.index
    ]
    columns = (
        *columns_of(t, ("rank", "right", 6), ("activity", "left", 0), ("score", "right", 7)),
        *(ColumnSpec(f"contribution_{label}", str(name), "right") for label, name in criteria.items()),
    )
    caption = t("table.contributions", count=len(rows))
    own = f"table.contributions.note.{outcome.scoring.method}"
    note = t(own if t.has(own) else "table.contributions.note")
    return Table(caption, columns, rows_of(rows), note=noted(note, outcome, lines.index, t))


def points_sums_table(outcome: Outcome, session: Session, t: Translator, top: int | None = None) -> Table:
    """Return the plain sums of points beside the computed scores, with the difference in order."""
    lines = outcome.table[outcome.table["points_sum"].notna() & outcome.table["rank"].notna()]
    order = lines["points_sum"].rank(ascending=False, method="min").astype("int64")
    # Both orders are taken among the proposals that have points, so that they can be compared.
    ranks = lines["rank"].rank(method="min").astype("int64")
    activity = session.proposals.frame["activity"]
    shown = lines.index[:top]
    rows = [
        (
            t.style.count(int(lines["rank"][label])),
            str(activity[label]),
            score_word(outcome, label, t),
            *(
                (EMPTY,) * 4
                if str(label) in outcome.withheld
                else (
                    _plain(lines["points_sum"][label], t),
                    t.style.count(int(order[label])),
                    _signed(int(order[label]) - int(ranks[label]), t),
                    t.style.count(lines["answers"][label]),
                )
            ),
        )
        for label in shown
    ]
    columns = columns_of(
        t,
        ("rank", "right", 8),
        ("activity", "left", 0),
        ("score", "right", 9),
        ("points_sum", "right", 11),
        ("points_rank", "right", 11),
        ("difference", "right", 9),
        ("answers", "right", 11),
    )
    note = noted(t("table.points_sums.note"), outcome, shown, t)
    return Table(t("table.points_sums"), columns, rows_of(rows), note=note)


def _measure(measure: str, column: str, t: Translator) -> str:
    word = t(f"field.{column}") if t.has(f"field.{column}") else column
    return t(f"measure.{Measure(measure).value}", column=word)


def _plain(value: float, t: Translator) -> str:
    """Write a number with as many decimals as it needs, at most two."""
    whole = value == value and float(value).is_integer()  # noqa: PLR0124 - missing is not equal to itself
    return t.style.number(value, 0 if whole else 2)


def _signed(difference: int, t: Translator) -> str:
    if not difference:
        return "0"
    sign = "+" if difference > 0 else MINUS
    return f"{sign}{t.style.count(abs(difference))}"
