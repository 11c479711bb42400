"""Tables of the weights: local and global down the hierarchy, by way of answering, by method side by side."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from workbench.domain.hierarchy import GOAL
from workbench.domain.session import Session
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.table import ColumnSpec, Table, columns_of, rows_of
from workbench.prioritisation.criterion_weights import CriterionWeights, SiblingWeights

INDENT = "\u2003"


def hierarchy_table(weights: CriterionWeights, session: Session, t: Translator) -> Table:
    """Return every group and criterion with its local and its global weight, children under their parent."""
    names = session.criteria.members["name"].to_dict()
    rows = [
        (
            str(label),
            INDENT * (int(line["level"]) - 1) + str(names[str(label)]),
            t.style.percent(line["local"], 1),
            t.style.percent(line["global"], 1) if line["leaf"] else f"({t.style.percent(line['global'], 1)})",
        )
        for label, line in weights.table.iterrows()
    ]
    columns = columns_of(
        t,
        ("criterion_code", "left", 15),
        ("criterion", "left", 0),
        ("local_weight", "right", 20),
        ("global_weight", "right", 20),
    )
    return Table(t("table.hierarchy"), columns, rows_of(rows), note=t("table.hierarchy.note"))


def ways_table(group: SiblingWeights, session: Session, minimum_group: int, t: Translator) -> Table:
    """Return what each way of answering contributed; a few people are never described apart.

    Raises
    ------
    ValueError
        When the weights were not combined from several ways.
    """
    if group.ways is None:
        raise ValueError("only combined weights have ways of answering")
    rows = []
    for way, line in group.ways.iterrows():
        few = line["participants"] < minimum_group
        under = t("table.ways.under", minimum=minimum_group)
        rows.append(
            (
                t(f"way.{way}"),
                under if few else t.style.count(int(line["participants"])),
                EMPTY if few else t.style.count(int(line["answers"])),
                t.style.percent(line["share"], 1),
                EMPTY if few else t.style.number(line["observed_variance"]),
            )
        )
    columns = columns_of(
        t,
        ("way", "left", 0),
        ("people", "right", 16),
        ("way_answers", "right", 16),
        ("way_share", "right", 16),
        ("way_variance", "right", 20),
    )
    caption = t("table.ways") if group.parent == GOAL else t("table.ways.group", group=_name(group, session))
    return Table(caption, columns, rows_of(rows), note=t("table.ways.note"))


def _name(group: SiblingWeights, session: Session) -> str:
    return str(session.criteria.members["name"][group.parent])


def methods_table(shares: Mapping[str, pd.Series], session: Session, t: Translator) -> Table:
    """Return the weights of the scored criteria by several methods side by side.

    Parameters
    ----------
    shares : mapping of method to Series
        Global weight by criterion.
    """
    names = session.criteria.frame["name"]
    rows = [
        (
            str(label),
            str(names[label]),
            *(t.style.percent(weights[label], 1) for weights in shares.values()),
        )
        for label in session.criteria.labels
    ]
    columns = (
        *columns_of(t, ("criterion_code", "left", 8), ("criterion", "left", 0)),
        *(ColumnSpec(method, t(f"weighting_name.{method}"), "right") for method in shares),
    )
    return Table(t("table.methods"), columns, rows_of(rows))
