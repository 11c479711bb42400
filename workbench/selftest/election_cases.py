"""Exchange: elections in Pabulib files, read, decided by a rule, written and read again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from workbench.budgeting.election_result import elect, rule_of
from workbench.domain.election import Election
from workbench.errors import InvalidValue
from workbench.selftest.refusals import known_keys, or_refusal
from workbench.store.pabulib import election_in, pb_text

Inputs = Mapping[str, Any]
Figures = dict[str, Any]
CHOICES = ("utility", "completion", "until", "start", "step")


def pb_election(inputs: Inputs) -> Figures:
    """Elect from the text of a ``.pb`` file.

    Inputs: ``pb``: the text, or a list of its lines; optional ``rule``: "official" (default: the rule that
    the file names), "greedy", "greedy_stop", "greedy_per_cost", "most_votes", "equal_shares",
    "equal_shares_compared", "phragmen"; for Equal Shares ``utility``, ``completion``, ``until``, ``start``
    and ``step`` (whole units of the currency).

    Returns ``elected`` (in the order of the rule), ``selected`` (joined by commas, in the order of the
    file), ``spent`` and ``left`` (in the currency of the file), ``votes`` (by project: approvals, points, or
    for orders as many points as the longest order has places below), ``below`` (left out by the threshold of
    the file), ``notes`` (code, row, column and value), ``vote_type``, ``voters``,
    ``voters_without`` (nothing of theirs is elected), ``official`` (elected according to the file, sorted;
    None where it does not say), ``missing`` and ``extra`` (officially elected and not here, and the other way
    round), ``same_after_writing``. A file that is refused gives ``{"error": code, "problems": a list of code,
    row, column and value}``.

    Examples
    --------
    >>> lines = ["META", "budget;10", "vote_type;approval", "PROJECTS", "project_id;cost", "a;6", "b;5"]
    >>> pb_election({"pb": [*lines, "VOTES", "voter_id;vote", "1;a,b", "2;b"], "rule": "greedy"})["elected"]
    ['b']
    """
    return or_refusal(_elected, inputs)


def _elected(inputs: Inputs) -> Figures:
    known_keys(inputs, ("pb", "rule", *CHOICES))
    if "pb" not in inputs:
        raise InvalidValue("missing_input", names=("pb",), found=tuple(inputs))
    given = inputs["pb"]
    election = election_in(given if isinstance(given, str) else "\n".join(given))
    rule, choices = rule_of(election, inputs.get("rule"))
    stated = {name: inputs[name] for name in CHOICES if name in inputs}
    if "step" in stated:
        stated["step"] *= 10**election.decimals
    made = elect(election, rule, replace(choices, **stated))
    return {
        "elected": list(made.elected),
        "selected": ",".join(label for label in election.projects.index if label in made.elected),
        "spent": _money(made.spent, election),
        "left": _money(made.left, election),
        "votes": {label: _plain(total) for label, total in election.totals.items()},
        "below": list(made.below),
        "notes": [[note.code, note.row, note.column, note.value] for note in election.notes],
        "vote_type": election.vote_type.value,
        "voters": len(election.votes),
        "voters_without": made.without_any,
        "official": None if election.selected is None else sorted(election.selected),
        "missing": list(made.missing),
        "extra": list(made.extra),
        "same_after_writing": _same(election, election_in(pb_text(election))),
    }


def _money(amount: int, election: Election) -> int | float:
    return _plain(Decimal(amount).scaleb(-election.decimals))


def _plain(written: Decimal) -> int | float:
    return int(written) if written == int(written) else float(written)


def _same(one: Election, other: Election) -> bool:
    tables = ("projects", "costs", "votes", "ballots")
    plain = ("meta", "vote_type", "budget", "decimals", "selected")
    return all(getattr(one, name).equals(getattr(other, name)) for name in tables) and all(
        getattr(one, name) == getattr(other, name) for name in plain
    )


KINDS: Mapping[str, Callable[[Inputs], Figures]] = MappingProxyType({"pb_election": pb_election})
"""Adapters by the kind of case."""
