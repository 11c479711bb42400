"""The plano table: the orders of discussion groups side by side, and the sum of their ranks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.deliberation import Plano
from workbench.domain.orders import Orders
from workbench.domain.proposals import Proposals
from workbench.engine.influence import MINIMUM_SIZE
from workbench.engine.rankings import MergedOrder
from workbench.present.i18n import Translator
from workbench.present.methods_words import place_text
from workbench.present.table import ColumnSpec, Table, columns_of, rows_of

MOST_GROUPS = 9
"""Columns of groups on one table; with more groups there are more tables, each with all sums."""


def plano_sentences(plano: Plano, proposals: Proposals, t: Translator) -> tuple[str, ...]:
    """Return who gave orders with which weight, and why they cannot be summed where that is so."""
    return tuple(_said(plano, proposals, t))


def _said(plano: Plano, proposals: Proposals, t: Translator) -> Iterator[str]:
    orders = plano.orders
    if plano.too_few:
        yield t("plano.too_few", minimum=MINIMUM_SIZE)
        return
    yield weights_sentence(orders, t)
    if not orders.by_group:
        yield t("methods.of_people")
    if plano.gaps and orders.by_group:
        activity = proposals.frame["activity"]
        yield t("methods.gaps", names=[f"{group}: {activity[label]}" for group, label in plano.gaps])
    elif plano.gaps:
        yield t("methods.gaps_of_people", count=len(plano.gaps))


def weights_sentence(orders: Orders, t: Translator) -> str:
    """Return the weight of every giver whose orders do not all weigh the same."""
    if not orders.weighted:
        return t("methods.weights_equal", givers=len(orders.weights))
    said = [f"{group} {t.style.number(weight)}" for group, weight in orders.weights.items()]
    return t("methods.weights_of_groups", said=said)


def plano_tables(plano: Plano, proposals: Proposals, t: Translator) -> tuple[Table, ...]:
    """Return the sheet of group orders, smallest sum first; of persons the sums alone."""
    if plano.merged is None:
        return ()
    groups = [str(group) for group in plano.merged.table.index] if plano.orders.by_group else []
    parts = [groups[at : at + MOST_GROUPS] for at in range(0, len(groups), MOST_GROUPS)] or [[]]
    sheets = [_sheet(plano.merged, plano.orders, proposals, part, t) for part in parts]
    if len(sheets) == 1:
        return tuple(sheets)
    return tuple(
        replace(sheet, caption=t("table.merged.part", part=number, parts=len(sheets)))
        for number, sheet in enumerate(sheets, start=1)
    )


def _sheet(
    merged: MergedOrder, orders: Orders, proposals: Proposals, groups: Sequence[str], t: Translator
) -> Table:
    """Return the rank that each of some groups gave, the sum of all groups, and the place."""
    order = sorted(merged.sums.index, key=lambda label: (merged.ranks[label], label))
    rows = [
        (
            str(proposals.frame["activity"][str(label)]),
            *(place_text(merged.table.loc[group, label], t) for group in groups),
            place_text(round(float(merged.sums[label]), 9), t),
            t.style.count(int(merged.ranks[label])),
        )
        for label in order
    ]
    own = tuple(ColumnSpec(group, _group(group, orders, t), "right") for group in groups)
    columns = (
        *columns_of(t, ("activity", "left", 30 if len(groups) > 3 else 0)),
        *own,
        *columns_of(t, ("rank_sum", "right", 10), ("rank", "right", 9)),
    )
    note = t("table.merged.weighted" if orders.weighted else "table.merged.note")
    return Table(t("table.merged"), columns, rows_of(rows), note=note)


def _group(group: str, orders: Orders, t: Translator) -> str:
    return f"{group} (\u00d7{t.style.number(orders.weights[group])})" if orders.weighted else group
