"""A line put right with a reason: it stands above whatever was keyed in, which stays in the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from workbench.errors import Problem
from workbench.room.acts import REASON, Act, Body
from workbench.room.ballots import (
    cast_problems,
    counts_of,
    point_problems,
    points_of,
    proposal_problems,
    tally_problems,
)
from workbench.room.bodies import Field, code, count, mapped, number, optional, text
from workbench.room.counted_scale import above_scale
from workbench.room.entries import Entry
from workbench.room.round import ALOUD, CARDED, Correction, Round, Way
from workbench.room.state import RoomState


def _refuse_correction(state: RoomState, entry: Entry) -> Iterable[Problem]:
    body = entry.body
    held = state.rounds.get(body["round"])
    if held is None or held.way is Way.ORDERS:
        return [Problem("unknown_round", column="round", value=str(body["round"]))]
    problems = proposal_problems(state, held, body["proposal"])
    keyed = body["card"] in held.lines and body["proposal"] in held.lines[body["card"]]
    if not keyed and held.way not in ALOUD:
        problems.append(
            Problem("line_not_keyed", column="card", value=f"{body['card']} / {body['proposal']}")
        )
    return problems + _SAID[held.way](state, held, body)


def _said_points(state: RoomState, held: Round, body: Body) -> list[Problem]:
    if not mapped(optional(number))(body["said"]):
        return [Problem("entry_field_wrong", column="said", value=str(body["card"]))]
    return point_problems(state, held, body["said"])


def _said_tally(state: RoomState, held: Round, body: Body) -> list[Problem]:
    if not mapped(count)(body["said"]):
        return [Problem("entry_field_wrong", column="said", value=str(body["card"]))]
    return tally_problems(state, held, body["card"], body["said"])


def _said_votes(state: RoomState, held: Round, body: Body) -> list[Problem]:
    if not count(body["said"]) or body["card"] != "":
        return [Problem("entry_field_wrong", column="said", value=str(body["card"]))]
    return cast_problems(state, held, body["proposal"], body["said"])


def _said_points_of_slips(state: RoomState, held: Round, body: Body) -> list[Problem]:
    if not count(body["said"]) or body["card"] != "":
        return [Problem("entry_field_wrong", column="said", value=str(body["card"]))]
    return list(above_scale(state, held.criteria[0], body["said"]))


_SAID: Mapping[Way, Callable[[RoomState, Round, Body], list[Problem]]] = MappingProxyType(
    {
        **dict.fromkeys(CARDED, _said_points),
        Way.CONSENSUS: _said_points,
        Way.TALLY: _said_tally,
        Way.HANDS: _said_votes,
        Way.DOTS: _said_votes,
        Way.VOTES: _said_votes,
        Way.PREFERENCES: _said_points_of_slips,
    }
)


def _said(held: Round, said: Any) -> Any:  # noqa: ANN401 - points, counts or a count
    if held.way in (*CARDED, Way.CONSENSUS):
        return points_of(said)
    return counts_of(said) if held.way is Way.TALLY else said


def _correct(state: RoomState, entry: Entry) -> RoomState:
    body, held = entry.body, state.rounds[entry.body["round"]]
    correction = Correction(_said(held, body["said"]), body["reason"], entry.request)
    corrections = {**held.corrections, (body["card"], body["proposal"]): correction}
    return state.with_round(replace(held, corrections=corrections))


def _anything(_: object) -> bool:
    return True


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "line_corrected": Act(
            (
                Field("round", count),
                Field("card", text),
                Field("proposal", code),
                Field("said", _anything),
                REASON,
            ),
            _refuse_correction,
            _correct,
        ),
    }
)
