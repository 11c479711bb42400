"""The orders that discussion groups give, merged on the plano table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

import pandas as pd

from workbench.domain.orders import Orders
from workbench.errors import Problem
from workbench.room.acts import Act, Body, unknown
from workbench.room.ballots import round_problems
from workbench.room.bodies import Field, code, count, filled, listed
from workbench.room.entries import Entry
from workbench.room.round import Round, Way
from workbench.room.state import RoomState


def sheet_of(held: Round) -> pd.DataFrame:
    """Return the orders of a round, groups x proposals: the place as it was given, 1 is best."""
    places = {
        group: {label: float(at) for at, place in enumerate(order, start=1) for label in place}
        for group, order in held.orders.items()
    }
    return pd.DataFrame(places).T


def room_orders(state: RoomState) -> Orders | None:
    """Return the orders of the last closed round in which groups gave any, without what left the list."""
    closed = [held for held in state.rounds.values() if held.orders and state.revealed(held.number)]
    if not closed:
        return None
    sheet = sheet_of(closed[-1])
    sheet = sheet.loc[:, ~sheet.columns.isin(list(state.departures))]
    return Orders(sheet, pd.Series(1.0, index=sheet.index), by_group=True) if sheet.size else None


def _refuse_order(state: RoomState, entry: Entry) -> Iterable[Problem]:
    body = entry.body
    problems = round_problems(state, body, Way.ORDERS)
    if problems:
        return problems
    held = state.rounds[body["round"]]
    named = [label for place in body["order"] for label in place]
    problems = unknown("proposal_not_in_round", "proposal", named, held.proposals)
    missing = tuple(label for label in held.proposals if label not in named and label not in state.departures)
    repeated = tuple(dict.fromkeys(label for label in named if named.count(label) > 1))
    if missing:
        problems.append(
            Problem("order_incomplete", column="order", value=body["group"], facts={"missing": missing})
        )
    if repeated:
        facts = {"repeated": repeated}
        problems.append(Problem("order_repeats", column="order", value=body["group"], facts=facts))
    before = held.orders.get(body["group"])
    if before is not None and before != _order(body) and "reason" not in body:
        problems.append(Problem("reason_missing", column="reason", value=body["group"]))
    return problems


def _order(body: Body) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(sorted(place)) for place in body["order"] if place)


def _give_order(state: RoomState, entry: Entry) -> RoomState:
    held = state.rounds[entry.body["round"]]
    return state.with_round(replace(held, orders={**held.orders, entry.body["group"]: _order(entry.body)}))


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "order_given": Act(
            (
                Field("round", count),
                Field("group", code),
                Field("order", listed(listed(code))),
                Field("reason", filled, required=False),
            ),
            _refuse_order,
            _give_order,
        ),
    }
)
