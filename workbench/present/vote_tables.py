"""A counted vote as people read it: the table of votes and what must be said beside it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workbench.domain.proposals import Proposals
from workbench.domain.template import Counting
from workbench.present.i18n import Translator
from workbench.present.table import Table, columns_of, rows_of
from workbench.prioritisation.votes import VoteCount

COUNTED: Mapping[Counting, str] = MappingProxyType(
    {Counting.COUNT_PAIRWISE_WINS: "votes.pairs_counted", Counting.DOT_VOTE: "votes.dots_counted"}
)
"""The sentences on what was counted where it was not choices."""


def votes_table(count: VoteCount, proposals: Proposals, t: Translator) -> Table:
    """Return every proposal of a vote, most votes first; ``=`` marks a shared rank.

    Equal counts stand in the order of their codes, which decides nothing.
    """
    activities = proposals.frame["activity"]
    order = sorted(count.ranks.index, key=lambda label: (count.ranks[label], str(label)))
    tied = count.ranks.duplicated(keep=False)
    rows = [
        (
            f"{t.style.count(int(count.ranks[label]))}{'=' if tied[label] else ''}",
            str(label),
            str(activities[label]),
            t.style.count(int(count.points[label])),
        )
        for label in order
    ]
    measured = f"votes_{count.counting.value}"
    columns = columns_of(
        t,
        ("rank", "right", 10),
        ("proposal_code", "left", 15),
        ("activity", "left", 55),
        (measured, "right", 20),
    )
    return Table(t("table.votes"), columns, rows_of(rows))


def vote_sentences(count: VoteCount, t: Translator) -> tuple[str, ...]:
    """Return what was counted, which ranks are shared, and what is not final."""
    key = COUNTED.get(count.counting, "votes.counted")
    points = int(count.points.sum())
    unused = count.ballots * count.choices - points
    said = [t(key, ballots=count.ballots, choices=count.choices, points=points, unused=unused)]
    if count.blank:
        said.append(t("votes.blank", count=len(count.blank), ballots=list(count.blank)))
    said += [t("votes.tie", rank=rank, proposals=list(labels)) for rank, labels in count.ties]
    if count.undecided:
        said.append(t("votes.undecided", count=count.undecided))
    if count.missing:
        said.append(t("votes.missing", count=count.missing))
    return (*said, t("votes.material"))
