"""The tables of the annexes: agreed, not accommodated with reasons, group results, decided otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.deliberation import Status
from workbench.present.i18n import Translator
from workbench.present.minutes.material import Material, MinutesList
from workbench.present.proposal_cells import ProposalCells
from workbench.present.proposal_tables import TD4_COLUMNS
from workbench.present.score_words import noted, score_word
from workbench.present.spelled_numbers import spelled_rupiah
from workbench.present.table import Align, Table, columns_of, rows_of

NOT_AGREED: tuple[tuple[str, Align, int], ...] = (
    ("number", "right", 4),
    ("activity", "left", 21),
    ("location", "left", 10),
    ("volume", "left", 8),
    ("ceiling", "right", 10),
    ("agency", "left", 12),
    ("reason", "left", 35),
)
"""Lampiran III: what was not agreed, with its reason."""
GROUPS: tuple[tuple[str, Align, int], ...] = (
    ("number", "right", 5),
    ("group_discussed", "left", 33),
    ("proposals", "right", 12),
    ("agreed", "right", 12),
    ("agreed_cost", "right", 18),
    ("not_agreed", "right", 10),
    ("not_rankable_count", "right", 10),
)
OTHERWISE: tuple[tuple[str, Align, int], ...] = (
    ("proposal_code", "left", 9),
    ("activity", "left", 26),
    ("computed_rank", "right", 9),
    ("score", "right", 7),
    ("computed_standing", "left", 13),
    ("decided_standing", "left", 13),
    ("forum_reason", "left", 23),
)


def agreed_table(one: MinutesList, caption: str, t: Translator) -> Table:
    """Return what the forum funds as form T-D.4, in the forum's order; a shared rank shares its number."""
    lines = one.decided.with_status(Status.FUNDED)
    cells = ProposalCells.of(one.outcome, one.session, t)
    # Funded without ever being ranked: behind the ranked ones, each with a number of its own.
    places = lines["rank"].astype("Float64").fillna(float("inf")).rank(method="min").astype("int64")
    ranked = lines["rank"].notna()
    rows = [
        (t.style.count(int(places[label]) if ranked[label] else number), *cells.form_td4(str(label)))
        for number, label in enumerate(lines.index, start=1)
    ]
    total = ("", "", "", "", t("word.total"), "", "", "", t.style.rupiah(one.decided.spent), "")
    return Table(
        caption,
        columns_of(t, *TD4_COLUMNS),
        rows_of(rows),
        number_row=True,
        note=" ".join(_money(one, t)) if rows else t("minutes.none_agreed"),
        total=total if rows else (),
    )


def _money(one: MinutesList, t: Translator) -> Iterator[str]:
    decided = one.decided
    yield t("minutes.spelled", words=spelled_rupiah(decided.spent))
    if decided.over:
        yield t("minutes.over", room=decided.room, over=decided.over)
    elif decided.left is not None:
        yield t("minutes.left", room=decided.room, left=decided.left)
    if decided.unpriced:
        yield t("minutes.unpriced", count=len(decided.unpriced))


def not_agreed_table(one: MinutesList, caption: str, t: Translator, statuses: Sequence[Status]) -> Table:
    """Return the proposals with some statuses, each with the forum's reason, else the computed one."""
    cells = ProposalCells.of(one.outcome, one.session, t)
    lines = one.decided.with_status(*statuses)
    rows = [
        (
            t.style.count(number),
            cells.text(str(label), "activity"),
            cells.location(str(label)),
            cells.volume(str(label)),
            cells.cost(str(label)),
            cells.text(str(label), "agency"),
            t("minutes.decided_reason", reason=reason) if reason else cells.reason(str(label)),
        )
        for number, (label, reason) in enumerate(lines["reason"].items(), start=1)
    ]
    note = "" if rows else t("minutes.none")
    return Table(caption, columns_of(t, *NOT_AGREED), rows_of(rows), number_row=True, note=note)


def groups_table(material: Material, t: Translator) -> Table:
    """Return what the groups discussed and agreed, by the field of the proposals, else by their agency."""
    counts: dict[str, list[int]] = {}
    for one in material.lists.values():
        frame = one.session.proposals.frame
        column = "field" if (frame["field"] != "").any() else "agency"
        for label, status, cost in one.decided.table[["status", "cost"]].itertuples():
            row = counts.setdefault(str(frame[column][label]) or t("minutes.no_group"), [0, 0, 0, 0, 0])
            row[0] += 1
            if status == Status.FUNDED:
                row[1] += 1
                row[2] += 0 if cost != cost or cost is None else int(cost)  # noqa: PLR0124 - unpriced
            else:
                row[4 if status == Status.NOT_RANKABLE else 3] += 1
    rows = [
        (
            t.style.count(number),
            name,
            t.style.count(row[0]),
            t.style.count(row[1]),
            t.style.rupiah(row[2]),
            t.style.count(row[3]),
            t.style.count(row[4]),
        )
        for number, (name, row) in enumerate(sorted(counts.items()), start=1)
    ]
    sums = [sum(row[place] for row in counts.values()) for place in range(5)]
    total = ("", t("word.total"), *map(t.style.count, sums[:2]), t.style.rupiah(sums[2]))
    total = (*total, *map(t.style.count, sums[3:]))
    return Table("", columns_of(t, *GROUPS), rows_of(rows), number_row=True, total=total if rows else ())


def otherwise_table(one: MinutesList, caption: str, t: Translator) -> Table:
    """Return what was computed about the proposals on which the forum decided itself, with its reasons."""
    lines = one.decided.table[one.decided.table["overridden"]]
    cells = ProposalCells.of(one.outcome, one.session, t)
    rows = [
        (
            str(label),
            cells.text(str(label), "activity"),
            t.style.count(one.outcome.ranking_of(str(label))),
            score_word(one.outcome, label, t),
            t(f"standing.{line['computed_standing']}"),
            _decided(line["status"], line["rank"], t),
            str(line["reason"]),
        )
        for label, line in lines.astype(object).where(lines.notna(), None).iterrows()
    ]
    note = noted(t("word.caveat"), one.outcome, lines.index, t) if rows else t("minutes.none")
    return Table(caption, columns_of(t, *OTHERWISE), rows_of(rows), number_row=True, note=note)


def _decided(status: str, rank: int | None, t: Translator) -> str:
    word = t(f"decided.status.{status}")
    return word if rank is None else t("minutes.decided_place", status=word, rank=rank)
