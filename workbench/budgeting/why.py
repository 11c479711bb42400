"""Why a proposal is not funded: what would have to change, found exactly and confirmed by walking again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workbench.budgeting.answers import Remedy, WhyNot
from workbench.budgeting.contest import Contest
from workbench.budgeting.quota_answers import QUOTAS, why_not_by_quota
from workbench.budgeting.readings import READINGS, SHARES_MONEY, read_rule
from workbench.budgeting.walk import AT_LINE, Group, Walked, groups_of, walk
from workbench.engine.allocation.changes import ChangeKind
from workbench.engine.allocation.slip import Certainty, Change
from workbench.engine.allocation.why_conditions import blocking_conditions
from workbench.engine.allocation.why_not import Slips
from workbench.errors import InvalidValue, UnknownMethod

EFFORT = 2_400
"""Competing proposals times explained ones, under a rule that runs again for every answer."""
READ_OFF: Mapping[str, int] = MappingProxyType({"best_total": 4, "phragmen": 4, "best_with_conditions": 2})
"""So many times as many are explained under rules whose answers are read off few plans or one walk."""
WALKS = (*AT_LINE, "by_value")
"""Rules that walk down a list: what all proposals ask is found in one sweep, so all are explained."""
FEWEST = 3
MOST_WALKS = 40
"""Ceilings that are visited one by one; beyond them the search halves an interval."""


LESS_MAY_DO = (Certainty.FOLLOWED, Certainty.ENOUGH)


def why_not(
    contest: Contest, rule: str, proposals: Iterable[str], kinds: Collection[ChangeKind] = tuple(ChangeKind)
) -> tuple[WhyNot, ...]:
    """Return for each proposal what would have funded it under a rule.

    The costs and the scores of all others stay, and a lower cost leaves the score as it is.

    Parameters
    ----------
    contest : Contest
    rule : str
        A name of `workbench.budgeting.readings.READINGS`. The walks down the ranks answer many proposals at
        once; the others take up to seconds for each.
    proposals : iterable of str
        Competing proposals.
    kinds : collection of ChangeKind
        What to look for under a rule that runs again for every change.

    Returns
    -------
    tuple of WhyNot
        In the order of `proposals`.

    Raises
    ------
    InvalidValue
        ``unknown_proposal`` for one that does not compete.
    UnknownMethod
        When the rule is not a name of `READINGS`.
    """
    asked = list(proposals)
    for label in asked:
        if label not in contest.ranks.index:
            raise InvalidValue("unknown_proposal", proposal=label)
    if rule in AT_LINE:
        ranked = _Ranked.of(contest, rule)
        return tuple(ranked.answer(label) for label in asked)
    if rule in QUOTAS:
        return tuple(why_not_by_quota(contest, rule, label) for label in asked)
    if rule not in ENGINE_RULES:
        raise UnknownMethod(method=rule, known=READINGS)
    slips = _slips(contest, rule)
    return tuple(_by_engine(slips, contest, label, kinds) for label in asked)


def _slips(contest: Contest, rule: str) -> Slips:
    needs = (contest if rule in PLANNED else contest.without_committed()).needs()
    if rule in SHARES_MONEY and needs.ballots is None:
        raise InvalidValue("no_ballots")
    return Slips(needs, rule)


def _by_engine(slips: Slips, contest: Contest, proposal: str, kinds: Collection[ChangeKind]) -> WhyNot:
    rule = slips.rule
    if proposal in contest.committed:
        return WhyNot(proposal, rule, funded=True)
    found = slips.of(proposal, kinds)
    order = contest.ranks.index
    remedies, impossible, undecided = [], list(found.impossible), list(found.undecided)
    for change in found.changes:
        scored = change.kind is ChangeKind.SCORE_MORE
        level = float(contest.scores[proposal]) + change.amount * change.unit if scored else 0.0
        free = change.kind is ChangeKind.COST_LESS and change.amount >= int(contest.costs[proposal])
        if free or level > contest.highest:  # a price of zero and a score beyond the scale are no answers
            (undecided if change.certainty in LESS_MAY_DO else impossible).append(change.kind)
            continue
        remedies.append(
            Remedy(
                change.kind,
                amount=_amount(contest, rule, change),
                level=contest.total_shown(order, level) if scored else level,
                smallest=change.certainty is Certainty.SMALLEST,
                followed=change.certainty is not Certainty.ENOUGH,
                pushes_out=tuple(label for label in order if label in change.pushes_out),
            )
        )
    never_alone = tuple(kind for kind in ChangeKind if kind in impossible)
    open_kinds = tuple(kind for kind in ChangeKind if kind in undecided)
    never = rule in PLANNED and not found.funded and ChangeKind.SCORE_MORE in found.impossible
    blocked = blocking_conditions(slips.needs, proposal) if never else ()
    return WhyNot(proposal, rule, found.funded, tuple(remedies), never_alone, open_kinds, blocked)


def _amount(contest: Contest, rule: str, change: Change) -> int | None:
    """Return the money or people of a change; a cost that is weighed against scores would tell them."""
    if change.kind is ChangeKind.SCORE_MORE:
        return 0
    weighed = rule in WEIGHED and change.kind is ChangeKind.COST_LESS
    return None if weighed and contest.withheld.intersection(contest.ranks.index) else change.amount


WEIGHED = ("by_value", *SHARES_MONEY)
"""Rules that set a cost against scores: the cost that funds a proposal tells what its score is worth."""
PLANNED = ("best_with_conditions",)
"""Rules that know conditions, and committed proposals among them."""
ENGINE_RULES = ("by_value", "best_total", *PLANNED, *SHARES_MONEY)
"""Rules that `workbench.engine.allocation.why_not` answers by running again and again."""


@dataclass(frozen=True)
class _Ranked:
    """A walk down the ranks, ready to be asked about many proposals."""

    contest: Contest
    rule: str
    groups: tuple[Group, ...]
    now: Walked

    @classmethod
    def of(cls, contest: Contest, rule: str) -> _Ranked:
        held = contest.without_committed()
        groups = groups_of(held.ranks, held.costs)
        return cls(held, rule, groups, walk(groups, held.room, AT_LINE[rule]))

    def answer(self, proposal: str) -> WhyNot:
        if proposal in self.now.funded or proposal not in self.contest.ranks.index:  # committed
            return WhyNot(proposal, self.rule, funded=True)
        place = next(at for at, group in enumerate(self.groups) if proposal in group)
        tried = {
            ChangeKind.COST_LESS: self._cheaper(proposal, place),
            ChangeKind.SCORE_MORE: self._better(proposal, place),
            ChangeKind.CEILING_MORE: self._richer(proposal, place),
        }
        return WhyNot(
            proposal,
            self.rule,
            funded=False,
            remedies=tuple(found for found in tried.values() if found is not None),
            impossible=tuple(kind for kind, found in tried.items() if found is None),
        )

    def _cheaper(self, proposal: str, place: int) -> Remedy | None:
        cost = self.groups[place][proposal]
        if not self.now.open[place]:
            return None

        def costing(amount: int) -> tuple[Group, ...]:
            mine = {**self.groups[place], proposal: amount}
            return (*self.groups[:place], mine, *self.groups[place + 1 :])

        def works(amount: int) -> bool:
            return proposal in walk((costing(cost - amount)[place],), self.now.left[place], self._at).funded

        if cost < 2 or not works(cost - 1):  # a price of zero is not an answer
            return None
        amount = _first(works, 0, cost - 1)
        return Remedy(ChangeKind.COST_LESS, amount, pushes_out=self._lost(costing(cost - amount)))

    def _better(self, proposal: str, place: int) -> Remedy | None:
        cost = self.groups[place][proposal]
        fits = [at for at in range(place + 1) if self.now.open[at] and self.now.left[at] >= cost]
        if not fits:
            return None
        turn = fits[-1]
        scores = self.contest.scores
        rivals = [label for label in self.groups[turn] if label != proposal]
        above = max(rivals, key=lambda label: (float(scores[label]), label), default="")
        if not above or float(scores[above]) >= self.contest.highest:  # nothing stands above the scale
            return None
        moved = (*self.groups[:turn], {proposal: cost}, *self._without(proposal, turn))
        level = self.contest.total_shown((proposal, above), float(scores[above]))
        return Remedy(ChangeKind.SCORE_MORE, level=level, above=above, pushes_out=self._lost(moved))

    def _without(self, proposal: str, start: int) -> Iterator[Group]:
        for group in self.groups[start:]:
            kept = {label: cost for label, cost in group.items() if label != proposal}
            if kept:
                yield kept

    def _richer(self, proposal: str, place: int) -> Remedy | None:
        demand = sum(sum(group.values()) for group in self.groups[: place + 1])
        enough = demand - self.contest.room  # with money for everything down to it, it is in
        amount, smallest = SEARCHES[self.rule](self, proposal, place, enough)
        after = walk(self.groups, self.contest.room + amount, self._at).funded
        return Remedy(ChangeKind.CEILING_MORE, amount, smallest=smallest, pushes_out=self._gone(after))

    @property
    def _at(self) -> str:
        return AT_LINE[self.rule]

    def _lost(self, groups: tuple[Group, ...]) -> tuple[str, ...]:
        return self._gone(walk(groups, self.contest.room, self._at).funded)

    def _gone(self, after: frozenset[str]) -> tuple[str, ...]:
        gone = self.now.funded - after
        return tuple(label for label in self.contest.ranks.index if label in gone)


def _everything_before(asked: _Ranked, proposal: str, place: int, enough: int) -> tuple[int, bool]:  # noqa: ARG001
    """Return the rise under a line that closes: all who stand before must fit too."""
    return enough, True


def _next_change(asked: _Ranked, proposal: str, place: int, enough: int) -> tuple[int, bool]:
    """Raise the ceiling to the next point at which a decision up to the proposal's turn changes.

    Money may fund something earlier that takes it away again, so the walk is made again each time. After
    `MOST_WALKS` an interval is halved: what is found works while one rupiah less does not.
    """
    groups = asked.groups[: place + 1]
    rise = 0
    for _ in range(MOST_WALKS):
        walked = walk(groups, asked.contest.room + rise, "skip")
        if proposal in walked.funded:
            return rise, True
        rise += min(_lacking(groups, walked))
    if rise >= enough:
        return enough, False

    def works(more: int) -> bool:
        return proposal in walk(groups, asked.contest.room + more, "skip").funded

    return _first(works, rise, enough), False


SEARCHES: Mapping[str, Callable[[_Ranked, str, int, int], tuple[int, bool]]] = MappingProxyType(
    {"rank_stop": _everything_before, "rank_skip": _next_change}
)
"""How the smallest rise of the ceiling is found, by rule."""


def _lacking(groups: tuple[Group, ...], walked: Walked) -> Iterator[int]:
    """Yield what each considered group lacks until its decision changes."""
    for group, left, line_open in zip(groups, walked.left, walked.open, strict=True):
        if line_open:
            fitting = sum(cost for cost in group.values() if cost <= left)
            yield from (cost - left for cost in group.values() if cost > left)
            if fitting > left:
                yield fitting - left


def _first(works: Callable[[int], bool], low: int, high: int) -> int:
    """Return an amount above `low` that works while one less does not; `high` must work."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if works(middle) else (middle, high)
    return high


def most_explained(contest: Contest, rule: str) -> int:
    """Return how many proposals are explained without being asked for, by a count and not by a clock.

    Parameters
    ----------
    contest : Contest
    rule : str
        A name of `READINGS`.
    """
    competing = len(contest.ranks)
    effort = EFFORT * READ_OFF.get(rule, 1)
    return competing if rule in WALKS else max(effort // max(competing, 1), FEWEST)


def most_on_slips(contest: Contest, rule: str) -> int:
    """Return how many proposals get a slip where slips are asked for: under the best total all of them, too.

    Parameters
    ----------
    contest : Contest
    rule : str
        A name of `READINGS`.
    """
    return len(contest.ranks) if rule == "best_total" else most_explained(contest, rule)


def below_the_line(contest: Contest, rule: str, most: int) -> tuple[str, ...]:
    """Return the first proposals by rank that a rule does not fund.

    Parameters
    ----------
    contest : Contest
    rule : str
        A name of `READINGS`.
    most : int
    """
    funded = set(read_rule(rule, contest).funded)
    return tuple([label for label in contest.ranks.index if label not in funded][:most])
