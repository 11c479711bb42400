"""What people said, keyed in: cards, tallies, raised hands, dots, votes, agreed points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from workbench.errors import Problem
from workbench.room.acts import Act, Body, gone, unknown
from workbench.room.bodies import Field, code, count, mapped, number, optional, whole
from workbench.room.counted_scale import above_scale
from workbench.room.counting import AGREED_CARD, SINGLE, votes
from workbench.room.entries import Entry
from workbench.room.groups import card_problems
from workbench.room.round import CARDED, Line, Points, Round, Way
from workbench.room.state import RoomState

REPLACING = ("phone", "tablet")
"""Channels on which a person changes an own answer by sending a higher version."""


def round_problems(state: RoomState, body: Body, *ways: Way) -> list[Problem]:
    """Name what speaks against an entry in its round: not open, another way, a proposal not asked."""
    held = state.rounds.get(body["round"])
    if held is None or not held.is_open:
        return [Problem("round_not_open", column="round", value=str(body["round"]))]
    if held.way not in ways:
        facts = {"way": held.way.value}
        return [Problem("other_way_in_round", column="round", value=str(held.number), facts=facts)]
    return proposal_problems(state, held, body["proposal"]) if "proposal" in body else []


def proposal_problems(state: RoomState, held: Round, label: str) -> list[Problem]:
    """Name what speaks against a proposal in a round: gone from the list, or not asked."""
    problems = gone(state, [label])
    if not problems and label not in held.proposals:
        facts = {"round": held.number}
        problems.append(Problem("proposal_not_in_round", column="proposal", value=label, facts=facts))
    return problems


def point_problems(state: RoomState, held: Round, points: Points) -> list[Problem]:
    """Name every criterion that is unknown or left out, and every value outside its scale."""
    problems = [
        Problem("criterion_left_out", column="points", value=label)
        for label in held.criteria
        if label not in points
    ]
    problems += unknown("criterion_not_in_round", "criterion", points, held.criteria)
    return problems + [
        problem
        for label, value in points.items()
        if label in held.criteria and value is not None
        for problem in _scale_problems(state, label, value)
    ]


def _scale_problems(state: RoomState, criterion: str, value: float) -> list[Problem]:
    row = state.criteria.rows[criterion]
    low, high = row["scale_min"], row["scale_max"]
    if low <= value <= high:
        return []
    facts = {"scale_min": float(low), "scale_max": float(high), "criterion": criterion}
    return [Problem("points_outside_scale", column="points", value=f"{value:g}", facts=facts)]


def _operator(held: Round, entry: Entry) -> str:
    return entry.operator if held.double_entry else SINGLE


def _keyed_problems(held: Round, entry: Entry, card: str, said: object) -> list[Problem]:
    """Name what speaks against one more delivery of a line: no operator, a third one, another value."""
    if held.double_entry and not entry.operator:
        return [Problem("operator_missing", column="operator")]
    lines = held.lines.get(card, {}).get(entry.body["proposal"], {})
    operator = _operator(held, entry)
    if operator not in lines:
        known = tuple(sorted(lines))
        third = Problem("third_operator", column="operator", value=operator, facts={"known": known})
        return [third] if len(lines) > 1 else []
    before, version = lines[operator], entry.body.get("version", 1)
    if version > 1 and entry.channel not in REPLACING:
        return [Problem("version_not_here", column="version", value=str(version))]
    if before.version == version and before.said != said:
        facts = {"card": card, "proposal": entry.body["proposal"]}
        return [Problem("line_already_keyed", column="proposal", value=entry.body["proposal"], facts=facts)]
    return []


def _keyed(state: RoomState, entry: Entry, card: str, said: object) -> RoomState:
    """Keep a line; of several versions the highest stands, in whatever order they arrive."""
    held, label = state.rounds[entry.body["round"]], entry.body["proposal"]
    operator = _operator(held, entry)
    of_card = held.lines.get(card, {})
    lines = of_card.get(label, {})
    version = entry.body.get("version", 1)
    if operator in lines and lines[operator].version >= version:
        return state
    line = Line(said, version, entry.request, entry.operator, entry.channel)
    kept = {**held.lines, card: {**of_card, label: {**lines, operator: line}}}
    return state.with_round(replace(held, lines=kept))


def points_of(points: Mapping[str, float | None]) -> dict[str, float | None]:
    """Return points as they are kept: by criterion, numbers or blanks."""
    return {label: None if value is None else float(value) for label, value in sorted(points.items())}


def _refuse_ballot(state: RoomState, entry: Entry) -> Iterable[Problem]:
    body = entry.body
    problems = round_problems(state, body, *CARDED)
    if problems:
        return problems
    held = state.rounds[body["round"]]
    problems = card_problems(state, held, body["participant"]) + point_problems(state, held, body["points"])
    return problems or _keyed_problems(held, entry, body["participant"], points_of(body["points"]))


def _ballot(state: RoomState, entry: Entry) -> RoomState:
    return _keyed(state, entry, entry.body["participant"], points_of(entry.body["points"]))


def keyed_already(state: RoomState, entry: Entry) -> bool:
    """Tell whether a line of a card says in its round what an entry would say again, keyed or corrected."""
    body = entry.body
    held, place = state.rounds.get(body["round"]), (body["participant"], body["proposal"])
    if held is None or place[0] in held.voided:
        return False
    line = held.lines.get(place[0], {}).get(place[1], {}).get(_operator(held, entry))
    correction = held.corrections.get(place)
    said = [] if line is None else [line.said, *([correction.said] if correction else [])]
    return points_of(body["points"]) in said


def counts_of(counts: Mapping[str, int]) -> dict[float, int]:
    """Return the counts of a tally as they are kept: by points."""
    return {float(points): held for points, held in counts.items()}


def _is_number(value: str) -> bool:
    return value.replace(".", "", 1).lstrip("-").isascii() and value.replace(".", "", 1).lstrip("-").isdigit()


def tally_problems(state: RoomState, held: Round, criterion: str, counts: Mapping[str, int]) -> list[Problem]:
    """Name marks under no value of the scale, and more marks than cards."""
    problems = unknown("criterion_not_in_round", "criterion", [criterion], held.criteria)
    if problems:
        return problems
    for points in counts:
        if not _is_number(points):
            problems.append(Problem("entry_field_wrong", column="counts", value=points))
        else:
            problems += _scale_problems(state, criterion, float(points))
    return problems + _too_many(held, sum(counts.values()))


def _too_many(held: Round, total: int) -> list[Problem]:
    if held.cards is None or total <= held.cards:
        return []
    return [Problem("more_votes_than_cards", column="counts", value=str(total), facts={"cards": held.cards})]


def _refuse_tally(state: RoomState, entry: Entry) -> Iterable[Problem]:
    body = entry.body
    problems = round_problems(state, body, Way.TALLY)
    if problems:
        return problems
    held = state.rounds[body["round"]]
    problems = tally_problems(state, held, body["criterion"], body["counts"])
    return problems or _keyed_problems(held, entry, body["criterion"], counts_of(body["counts"]))


def _tally(state: RoomState, entry: Entry) -> RoomState:
    return _keyed(state, entry, entry.body["criterion"], counts_of(entry.body["counts"]))


def cast_problems(state: RoomState, held: Round, label: str, given: int) -> list[Problem]:
    """Name more votes than there are cards, more in all than the cards have, more than the scale holds."""
    problems = _too_many(held, given) if held.way is not Way.DOTS else []
    problems = problems or list(above_scale(state, held.criteria[0], given))
    if held.cards is not None and held.each is not None:
        total = sum(cast for other, cast in votes(held).items() if other != label) + given
        most = held.cards * held.each
        if total > most:
            problems.append(
                Problem("more_votes_than_given", column="votes", value=str(total), facts={"most": most})
            )
    return problems


def _refuse_votes(state: RoomState, entry: Entry) -> Iterable[Problem]:
    problems = round_problems(state, entry.body, Way.HANDS, Way.DOTS)
    if problems:
        return problems
    held = state.rounds[entry.body["round"]]
    problems = cast_problems(state, held, entry.body["proposal"], entry.body["votes"])
    return problems or _keyed_problems(held, entry, "", entry.body["votes"])


def _votes(state: RoomState, entry: Entry) -> RoomState:
    return _keyed(state, entry, "", entry.body["votes"])


def _refuse_added(state: RoomState, entry: Entry) -> Iterable[Problem]:
    problems = round_problems(state, entry.body, Way.VOTES)
    if problems:
        return problems
    held, label = state.rounds[entry.body["round"]], entry.body["proposal"]
    after = held.added.get(label, 0) + entry.body["votes"]
    if after < 0:
        return [Problem("votes_below_zero", column="votes", value=str(after))]
    return cast_problems(state, held, label, after)


def _add(state: RoomState, entry: Entry) -> RoomState:
    held, label = state.rounds[entry.body["round"]], entry.body["proposal"]
    added = {**held.added, label: held.added.get(label, 0) + entry.body["votes"]}
    return state.with_round(replace(held, added=added))


def _refuse_agreed(state: RoomState, entry: Entry) -> Iterable[Problem]:
    problems = round_problems(state, entry.body, Way.CONSENSUS)
    if problems:
        return problems
    held = state.rounds[entry.body["round"]]
    problems = point_problems(state, held, entry.body["points"])
    return problems or _keyed_problems(held, entry, AGREED_CARD, points_of(entry.body["points"]))


def _agree(state: RoomState, entry: Entry) -> RoomState:
    return _keyed(state, entry, AGREED_CARD, points_of(entry.body["points"]))


_ROUND, _PROPOSAL = Field("round", count), Field("proposal", code)
_VERSION = Field("version", count, required=False)
_POINTS = Field("points", mapped(optional(number)))

ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "ballot_keyed": Act(
            (_ROUND, Field("participant", code), _PROPOSAL, _POINTS, _VERSION), _refuse_ballot, _ballot
        ),
        "tally_keyed": Act(
            (_ROUND, _PROPOSAL, Field("criterion", code), Field("counts", mapped(count)), _VERSION),
            _refuse_tally,
            _tally,
        ),
        "votes_keyed": Act((_ROUND, _PROPOSAL, Field("votes", count), _VERSION), _refuse_votes, _votes),
        "votes_added": Act((_ROUND, _PROPOSAL, Field("votes", whole)), _refuse_added, _add),
        "points_agreed": Act((_ROUND, _PROPOSAL, _POINTS, _VERSION), _refuse_agreed, _agree),
    }
)
