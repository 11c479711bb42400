"""Pages of a result: ranking with the ceiling line, what is not rankable, decisions, and simulations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from workbench.domain.resolution import Resolution
from workbench.domain.session import Session
from workbench.present.ceiling_line import ceiling_line
from workbench.present.ceiling_rows import line_position, ranked_rows
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.reasons import reason_body, short_reason
from workbench.present.wall import WallPage, sentence_pages
from workbench.present.wall_doubt import WallDoubt, rank_text
from workbench.present.wall_table import WallColumn, WallRow, table_pages
from workbench.prioritisation import Outcome, Standing
from workbench.prioritisation.listed import Listed, listed
from workbench.prioritisation.outcome import NOT_RANKABLE

INSIDE, OUTSIDE = "\u25cf", "\u25cb"
"""A filled and a hollow disc: funded, not funded."""
SAID_BY_THE_LINE = (Standing.FUNDED, Standing.OVER_THE_LINE, Standing.RANKED)
"""Standings that the place in the list says already."""


def ranking_pages(
    outcome: Outcome,
    session: Session,
    numbers: Mapping[str, int],
    t: Translator,
    pool: str = "",
    doubt: WallDoubt | None = None,
) -> tuple[WallPage, ...]:
    """Return the ranked proposals with running total, ceiling line and what is left.

    Parameters
    ----------
    outcome, session
        Of one list.
    numbers : mapping of label to number
        As on the cards.
    t : Translator
    pool : str
        Name of the list where pools are ranked apart.
    doubt : WallDoubt, optional
        Which ranks are not sure; each of them then carries its bracket.
    """
    columns = (
        WallColumn(t("wall.rank"), 150, number=True) if doubt is None else WallColumn(t("wall.rank"), 200),
        WallColumn("", 56),
        WallColumn(t("wall.proposal")),
        WallColumn(t("wall.cost"), 190, number=True),
        WallColumn(t("wall.total"), 200, number=True),
    )
    title = t("wall.ranking.pool", pool=pool) if pool else t("wall.ranking")
    note = t("wall.ranking.note" if outcome.allocation else "wall.ranking.note_no_ceiling")
    if doubt is not None and outcome.allocation:
        note = t("wall.ranking.note_unsure")
    rows = list(_ranked(outcome, session, numbers, t, doubt))
    return table_pages(title, columns, rows, note, empty=t("wall.ranking.empty"))


def _ranked(
    outcome: Outcome,
    session: Session,
    numbers: Mapping[str, int],
    t: Translator,
    doubt: WallDoubt | None,
) -> Iterator[WallRow]:
    lines = outcome.table[outcome.table["rank"].notna()]
    at = line_position(ranked_rows(listed(outcome), session, t))
    if outcome.allocation is not None and at == 0:
        yield from _line(outcome, t, doubt)
    for place, label in enumerate(map(str, lines.index), start=1):
        yield _proposal(outcome, session, label, numbers, t, doubt)
        if outcome.allocation is not None and place == at:
            yield from _line(outcome, t, doubt)


def _proposal(
    outcome: Outcome,
    session: Session,
    label: str,
    numbers: Mapping[str, int],
    t: Translator,
    doubt: WallDoubt | None,
) -> WallRow:
    standing = Standing(outcome.table["standing"][label])
    name = t("wall.named", number=numbers[label], name=str(session.proposals.frame["activity"][label]))
    if standing not in SAID_BY_THE_LINE:
        name = t("wall.with_reason", name=name, reason=short_reason(outcome.reasons[label], t).lower())
    funded = standing is Standing.FUNDED
    total = outcome.table["running_total"][label] if funded else pd.NA
    return WallRow(
        (
            rank_text(outcome, label, doubt, t),
            (INSIDE if funded else OUTSIDE) if outcome.allocation else " ",
            name,
            t.style.short_rupiah(outcome.cost_of(label)),
            EMPTY if pd.isna(total) else t.style.short_rupiah(int(total)),
        ),
        "strong" if funded else "past",
    )


def _line(outcome: Outcome, t: Translator, doubt: WallDoubt | None) -> Iterator[WallRow]:
    short = t.style.short_rupiah
    yield WallRow(
        (t("wall.line", room=short(outcome.room), spent=short(outcome.spent), left=short(outcome.left)),),
        "line",
    )
    unsure = () if doubt is None else doubt.near_line()
    if unsure:
        yield WallRow((t("wall.line.unsure", count=len(unsure)),), "line")


def ceiling_page(
    outcome: Outcome, session: Session, t: Translator, doubt: WallDoubt | None = None
) -> WallPage:
    """Return the ceiling line as one picture."""
    picture = ceiling_line(outcome, session, t, max_rows=5, surface="wall", titled=False)
    if outcome.allocation is None:
        return WallPage(t("wall.ranking"), picture, t("wall.caveat"))
    funded = len(outcome.standing(Standing.FUNDED))
    title = t("wall.ceiling", funded=funded, left=t.style.short_rupiah(outcome.left))
    unsure = () if doubt is None else doubt.near_line()
    note = t("wall.doubt.line", count=len(unsure)) if unsure else t("wall.caveat")
    return WallPage(title, picture, note)


def apart_pages(
    outcome: Outcome, session: Session, numbers: Mapping[str, int], t: Translator
) -> tuple[WallPage, ...]:
    """Return the proposals that are not ranked, each with its reason; none where all are ranked."""
    names = session.proposals.frame["activity"]
    columns = (
        WallColumn(t("wall.number"), 90, number=True),
        WallColumn(t("wall.proposal")),
        WallColumn(t("wall.reason"), 560, lines=4),
    )
    rows = [
        WallRow((str(numbers[str(label)]), str(names[label]), reason_body(outcome.reasons[str(label)], t)))
        for label in outcome.standing(*NOT_RANKABLE).index
    ]
    return table_pages(t("wall.apart"), columns, rows, t("wall.apart.note")) if rows else ()


def decision_pages(
    resolution: Resolution | None,
    outcome: Outcome,
    session: Session,
    numbers: Mapping[str, int],
    t: Translator,
) -> tuple[WallPage, ...]:
    """Return what the forum decided beside the computed rank, each with its reason."""
    columns = (
        WallColumn(t("wall.proposal"), lines=3),
        WallColumn(t("wall.computed"), 210),
        WallColumn(t("wall.decided"), 240, lines=3),
        WallColumn(t("wall.reason"), 380, lines=4),
    )
    rows = (
        []
        if resolution is None
        else [
            _decided(str(label), line, outcome, session, numbers, t)
            for label, line in resolution.frame.iterrows()
        ]
    )
    locked = resolution is not None and resolution.locked
    note = t("wall.decisions.locked" if locked else "wall.decisions.draft")
    return table_pages(t("wall.decisions"), columns, rows, note, empty=t("resolution.none"))


def _decided(
    label: str, line: pd.Series, outcome: Outcome, session: Session, numbers: Mapping[str, int], t: Translator
) -> WallRow:
    rank = outcome.ranking_of(label) if label in outcome.table.index else None
    decided = [
        *([] if pd.isna(line["decided_rank"]) else [t("wall.decided.rank", rank=int(line["decided_rank"]))]),
        *([t(f"resolution.{line['decision']}")] if line["decision"] else []),
    ]
    return WallRow(
        (
            t("wall.named", number=numbers[label], name=str(session.proposals.frame["activity"][label])),
            EMPTY if rank is None else t("wall.decided.rank", rank=rank),
            ", ".join(decided),
            str(line["reason"]),
        )
    )


def simulation_pages(
    declared: Listed, tried: Listed, session: Session, changes: Sequence[str], t: Translator
) -> tuple[WallPage, ...]:
    """Return what a change would do: who would enter and who would leave; marked as no result.

    Parameters
    ----------
    declared, tried : Listed
        Under the declared and under the tried rules.
    session : Session
        For the names.
    changes : sequence of str
        What was changed, in words.
    t : Translator
    """
    before, after = set(declared.funded), set(tried.funded)
    names = session.proposals.frame["activity"]
    said = [*changes]
    for word, found, others in (("enters", tried, before), ("leaves", declared, after)):
        moved = [label for label in found.funded if label not in others]
        said += [t(f"wall.simulation.{word}", name=str(names[label])) for label in moved]
    if before == after:
        said.append(t("deliberation.same_list"))
    if tried.left is not None:
        said.append(t("wall.simulation.left", left=tried.left))
    return sentence_pages(t("wall.simulation"), said, mark=t("wall.simulation.mark"))
