"""Groups of opinion, told only where chance does not find them as well; nobody's membership, no number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.deliberation.answers import answers_of, personal_values
from workbench.deliberation.concordance import FEWEST_PROPOSALS
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.engine.agreement import Finding, Search, opinion_groups
from workbench.engine.influence import MINIMUM_SIZE
from workbench.prioritisation import Outcome

SEED, PERMUTATIONS, NAMED = 20250303, 199, 3


@dataclass(frozen=True)
class Opinion:
    """What one group of opinion leans to, against the room.

    Attributes
    ----------
    people : int
    higher, lower : tuple of str
        Up to three proposals that it values more, and less, than the room does; the furthest first.
    """

    people: int
    higher: tuple[str, ...]
    lower: tuple[str, ...]


@dataclass(frozen=True)
class OpinionsFound:
    """Whether there are groups of opinion.

    Attributes
    ----------
    finding : Finding or None
        None where too few proposals were scored by everybody.
    people, proposals : int
        Of the complete answers that were searched.
    p : float
        Chance of splitting as well by chance; NaN where nothing was searched.
    groups : tuple of Opinion
        The largest first; empty unless groups were found.
    """

    finding: Finding | None
    people: int
    proposals: int
    p: float
    groups: tuple[Opinion, ...]


def find_opinions(session: Session, rules: Rules, outcome: Outcome) -> OpinionsFound:
    """Look for groups of opinion among the people whose cards count; "none" is a usual answer.

    Searched over the proposals that everybody scored. Declared groups (unsur, dusun) are preferred: they need
    no search.

    Parameters
    ----------
    session, rules
        As for `prioritise`.
    outcome : Outcome
        Of exactly these.
    """
    answers = answers_of(session, rules, outcome)
    if not len(answers):
        return OpinionsFound(None, 0, 0, float("nan"), ())
    values = personal_values(answers, session, outcome).round(9)
    table = values.loc[:, values.notna().all()]
    if table.shape[1] < FEWEST_PROPOSALS:
        return OpinionsFound(None, len(table), table.shape[1], float("nan"), ())
    minimum = max(rules.minimum_group, MINIMUM_SIZE)
    search = Search(minimum_group=minimum, permutations=PERMUTATIONS)
    found = opinion_groups(_nameless(table), SEED, search)
    lines = zip(found.sizes.to_list(), found.profiles.to_numpy(), strict=True)
    groups = tuple(_opinion(int(size), pd.Series(line, found.profiles.columns)) for size, line in lines)
    return OpinionsFound(found.finding, found.people, table.shape[1], found.p, groups)


def _nameless(table: pd.DataFrame) -> pd.DataFrame:
    """Order people by their answers, so that not even the drawn permutations know their cards."""
    values = table.to_numpy()
    order = np.lexsort(values.T[::-1])
    return pd.DataFrame(values[order], columns=table.columns).rename(index="{:06d}".format)


def _opinion(people: int, profile: pd.Series) -> Opinion:
    leaning = profile.round(9).sort_index().sort_values(ascending=False, kind="stable")
    higher = leaning[leaning > 0].index[:NAMED]
    lower = leaning[leaning < 0].index[::-1][:NAMED]
    return Opinion(people, tuple(map(str, higher)), tuple(map(str, lower)))
