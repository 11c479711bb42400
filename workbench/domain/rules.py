"""Rules (aturan main): every choice that can change the result, in one frozen value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

from workbench.errors import InvalidInput, Problem

LAST_ROUND = 0
"""The round that counts is the last one that holds cards."""

CHOICES = {
    "weighting": (
        "direct",
        "percent",
        "geometric_mean",
        "eigenvector",
        "column_mean",
        "rank_order",
        "best_worst",
        "combined",
    ),
    "comparison_scale": ("nine", "free"),
    "random_index": ("own", "saaty_1980", "saaty_2005", "thesis_id", "alonso_lamata"),
    "aggregation": ("mean", "median", "trimmed_mean"),
    "scoring": ("weighted_sum", "weighted_product", "plain_sum"),
    "budget_rule": (
        "rank_stop",
        "rank_skip",
        "by_value",
        "best_total",
        "best_with_conditions",
        "equal_shares",
        "phragmen",
        "quota_stop",
        "quota_skip",
    ),
    "utility": ("score", "cost", "cardinality"),
    "completion": ("add_opt", "add_one", "greedy", "phragmen", "none"),
    "completion_until": ("last_feasible", "exhaustive"),
    "share_start": ("fraction", "whole"),
    "quota_of": ("village", "proposer"),
    "pools": ("together", "apart"),
    "quorum": ("by_level", "two_thirds", "more_than_half", "none"),
}
"""The names each choice may take; `prioritisation` and the engine hold the functions behind them."""

DETAILS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "utility": ("equal_shares",),
        "completion": ("equal_shares",),
        "completion_step": ("equal_shares",),
        "completion_until": ("equal_shares",),
        "share_start": ("equal_shares",),
        "quota_of": ("quota_stop", "quota_skip"),
        "quota": ("quota_stop", "quota_skip"),
        "plan_gap": ("best_total", "best_with_conditions"),
        "plan_seconds": ("best_total", "best_with_conditions"),
    }
)
"""Choices that matter under some budget rules only, and under which."""
_COMPARED = ("geometric_mean", "eigenvector", "column_mean", "combined")
WEIGHING_DETAILS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"comparison_scale": (*_COMPARED, "best_worst"), "random_index": _COMPARED}
)
"""Choices that matter only where weights come from comparisons, and under which weightings."""
RAISED_BY_STEP = "add_one"
RAISING = ("add_one", "add_opt")
"""Completions that raise the shares: one by a stated step."""

TIE_KEYS = ("heaviest_criterion", "poor_households", "womens_proposal", "self_help", "lower_cost", "lot")
"""What may decide between equal scores, in the order the forum declares; nothing else ever does."""


@dataclass(frozen=True)
class Rules:
    """Every choice that can change the result.

    Attributes
    ----------
    weighting : str
        ``direct`` (declared weights), ``percent`` (declared, must add up to 100), ``geometric_mean``
        (pairwise comparison, LLSM), ``eigenvector``, ``column_mean`` (only to reproduce old spreadsheets),
        ``rank_order`` (orders), ``best_worst``, ``combined`` (all answers in one least squares).
    comparison_scale : str
        ``nine``: comparisons from 1/9 to 9; ``free``: any number above zero.
    random_index : str
        Name of the random-index table behind every consistency ratio.
    aggregation : str
        How the points of one cell become one value: ``mean``, ``median`` or ``trimmed_mean`` over those who
        answered.
    round : int
        The round that counts; 0 means the last one with cards.
    most_rounds : int
        How many rounds the forum holds at most.
    scoring : str
        ``weighted_sum`` or ``weighted_product`` on the declared anchors, or ``plain_sum`` of the points, in
        which every criterion counts alike and no weight is asked for.
    ties : tuple of str
        Declared keys for equal scores, strongest first; what remains equal shares its rank.
    lot_seed : int or None
        Seed of the drawn lot; required when ``lot`` is among the keys, and printed.
    budget_rule : str
        ``rank_stop`` (the first that does not fit closes the line), ``rank_skip``, ``by_value`` (score per
        rupiah), ``best_total``, ``best_with_conditions``, ``equal_shares``, ``phragmen``, ``quota_stop`` or
        ``quota_skip`` (by rank, at most so many for each village or proposer).
    utility : str
        Equal Shares: what a funded proposal is worth to a supporter, ``score`` (the points on the card),
        ``cost`` or ``cardinality``.
    completion : str
        Equal Shares: how the rest is spent, ``add_opt``, ``add_one``, ``greedy``, ``phragmen`` or ``none``.
    completion_step : int
        Rupiah by which ``add_one`` raises every share; 0 where none is stated.
    completion_until : str
        Raising goes on to the ``last_feasible`` step, or ends once the result is ``exhaustive``.
    share_start : str
        The first share is an exact ``fraction`` or ``whole`` rupiah.
    quota_of : str
        Whose quota: ``village`` or ``proposer``.
    quota : int
        Proposals that each may have funded; 0 where none is stated.
    plan_gap : float
        The exact plan may stop this close to the bound, as a share of the total; 0 asks for proof.
    plan_seconds : int
        Time limit of each solve of the exact plan.
    pools : str
        ``together`` (one list) or ``apart``: every pool has a ranking and ceiling lines of its own.
    quorum : str
        What share of the invited a forum needs, to be shown and never to block: ``by_level`` (two thirds in a
        village, none elsewhere), ``two_thirds``, ``more_than_half`` or ``none``, as its tata tertib says.
    stage : str
        The one stage whose proposals are ranked; earlier and later stages are their history. Empty: all.
    minimum_group : int
        Groups smaller than this are never shown apart.

    Raises
    ------
    InvalidInput
        Names every choice that does not exist.

    Examples
    --------
    >>> Rules(budget_rule="rank_skip").ties[0]
    'heaviest_criterion'
    """

    weighting: str = "direct"
    comparison_scale: str = "nine"
    random_index: str = "own"
    aggregation: str = "mean"
    round: int = LAST_ROUND
    most_rounds: int = 2
    scoring: str = "weighted_sum"
    ties: tuple[str, ...] = TIE_KEYS[:-1]
    lot_seed: int | None = None
    budget_rule: str = "rank_stop"
    utility: str = "score"
    completion: str = "add_opt"
    completion_step: int = 0
    completion_until: str = "last_feasible"
    share_start: str = "fraction"
    quota_of: str = "village"
    quota: int = 0
    plan_gap: float = 0.0
    plan_seconds: int = 10
    pools: str = "together"
    quorum: str = "by_level"
    stage: str = ""
    minimum_group: int = 5

    def __post_init__(self) -> None:
        problems = [
            _unknown(name, getattr(self, name), allowed)
            for name, allowed in CHOICES.items()
            if getattr(self, name) not in allowed
        ]
        problems += [_unknown("ties", key, TIE_KEYS) for key in self.ties if key not in TIE_KEYS]
        if len(set(self.ties)) != len(self.ties):
            problems.append(Problem("rule_repeated", column="ties", value=", ".join(self.ties)))
        if "lot" in self.ties and self.lot_seed is None:
            problems.append(Problem("lot_without_seed", column="lot_seed"))
        if self.round < LAST_ROUND:
            problems.append(Problem("negative_value", column="round", value=str(self.round)))
        if self.most_rounds < 1:
            problems.append(Problem("no_round_at_all", column="most_rounds", value=str(self.most_rounds)))
        if self.minimum_group < 2:
            problems.append(Problem("group_too_small", column="minimum_group", value=str(self.minimum_group)))
        problems += _budget_problems(self)
        if problems:
            raise InvalidInput(problems)


def _budget_problems(rules: Rules) -> Iterator[Problem]:
    """Name what a budget rule needs to be told and is not."""
    if rules.budget_rule in DETAILS["completion_step"] and rules.completion == RAISED_BY_STEP:
        if rules.completion_step < 1:
            yield Problem(
                "completion_step_missing", column="completion_step", value=str(rules.completion_step)
            )
    elif rules.completion_step < 0:
        yield Problem("negative_value", column="completion_step", value=str(rules.completion_step))
    if rules.budget_rule in DETAILS["quota"] and rules.quota < 1:
        yield Problem("quota_missing", column="quota", value=str(rules.quota))
    elif rules.quota < 0:
        yield Problem("negative_value", column="quota", value=str(rules.quota))
    if not 0 <= rules.plan_gap < 1:
        yield Problem("plan_gap_out_of_range", column="plan_gap", value=str(rules.plan_gap))
    if rules.plan_seconds < 1:
        yield Problem("plan_seconds_missing", column="plan_seconds", value=str(rules.plan_seconds))


def matters(name: str, rules: Rules) -> bool:
    """Tell whether a choice can change the result, or what is told of it, under the other rules in force.

    Examples
    --------
    >>> matters("quota", Rules()), matters("ties", Rules())
    (False, True)
    >>> matters("random_index", Rules()), matters("random_index", Rules(weighting="eigenvector"))
    (False, True)
    """
    if rules.weighting not in WEIGHING_DETAILS.get(name, CHOICES["weighting"]):
        return False
    if name in DETAILS and rules.budget_rule not in DETAILS[name]:
        return False
    if name == "completion_step":
        return rules.completion == RAISED_BY_STEP
    return name != "completion_until" or rules.completion in RAISING


def _unknown(name: str, value: object, allowed: tuple[str, ...]) -> Problem:
    return Problem("unknown_rule", column=name, value=str(value), facts={"allowed": allowed})


NAMES = tuple(entry.name for entry in fields(Rules))
"""The names of all choices, in the order they are read aloud."""
