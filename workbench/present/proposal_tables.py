"""The lists of proposals: form T-D.4, not accommodated with reasons, unpriced, not rankable."""

from __future__ import annotations

from dataclasses import replace

from workbench.domain.session import Session
from workbench.present.bands_table import band_word, bands_by_proposal
from workbench.present.i18n import Translator
from workbench.present.proposal_cells import ProposalCells
from workbench.present.score_words import noted, score_word
from workbench.present.table import Align, Table, columns_of, rows_of
from workbench.prioritisation import Outcome, Standing
from workbench.prioritisation.outcome import NOT_FUNDED, NOT_RANKABLE

TD4_COLUMNS: tuple[tuple[str, Align, int], ...] = (
    ("number", "right", 3),
    ("regional_priority", "left", 10),
    ("regional_objective", "left", 10),
    ("program", "left", 13),
    ("priority_activity", "left", 17),
    ("activity_target", "left", 10),
    ("location", "left", 9),
    ("volume", "left", 6),
    ("ceiling", "right", 10),
    ("responsible_agency", "left", 12),
)
"""The ten columns of form T-D.4 (Permendagri 86/2017), with their shares of a landscape sheet."""

BAND_COLUMN: tuple[tuple[str, Align, int], ...] = (("band", "center", 5),)
"""Stands behind the rank where the session declares bands of the score."""

LISTED_COLUMNS: tuple[tuple[str, Align, int], ...] = (
    ("number", "right", 4),
    ("activity", "left", 21),
    ("location", "left", 9),
    ("volume", "left", 6),
    ("ceiling", "right", 10),
    ("agency", "left", 12),
    ("score", "right", 4),
    ("rank", "right", 6),
    ("reason", "left", 28),
)
"""Lampiran III: what is not accommodated, with score, rank and reason."""


def funded_table(outcome: Outcome, session: Session, t: Translator) -> Table:
    """Return the funded proposals as form T-D.4 (Permendagri 86/2017), with its row of column numbers.

    Funded proposals of one shared rank share their number.
    """
    lines = outcome.standing(Standing.FUNDED)
    cells = ProposalCells.of(outcome, session, t)
    numbers = lines["rank"].rank(method="min").astype("int64")
    rows = [
        (
            t.style.count(int(numbers[label])),
            *cells.form_td4(label),
        )
        for label in lines.index
    ]
    total = ("", "", "", "", t("word.total"), "", "", "", t.style.rupiah(outcome.spent), "")
    return Table(
        t("table.funded"),
        columns_of(t, *TD4_COLUMNS),
        rows_of(rows),
        number_row=True,
        note=t("table.funded.note"),
        total=total if rows else (),
    )


def not_funded_table(outcome: Outcome, session: Session, t: Translator) -> Table:
    """Return the ranked and priced proposals that are not accommodated, each with its reason."""
    listed = _listed(outcome, session, t, NOT_FUNDED, "not_funded")
    return replace(listed, note=f"{listed.note} {t('table.reasons_note')}")


def unpriced_table(outcome: Outcome, session: Session, t: Translator) -> Table:
    """Return the ranked proposals that have no cost."""
    return _listed(outcome, session, t, (Standing.UNPRICED,), "unpriced")


def ranked_table(outcome: Outcome, session: Session, t: Translator) -> Table:
    """Return the ranked proposals of a session without a ceiling."""
    return _listed(outcome, session, t, (Standing.RANKED,), "ranked")


def not_rankable_table(outcome: Outcome, session: Session, t: Translator) -> Table:
    """Return the proposals that cannot be ranked, each with what is missing."""
    cells = ProposalCells.of(outcome, session, t)
    rows = [
        (
            t.style.count(number),
            label,
            cells.text(label, "activity"),
            cells.location(label),
            cells.volume(label),
            cells.cost(label),
            cells.text(label, "agency"),
            cells.listed_reason(label),
        )
        for number, label in enumerate(outcome.standing(*NOT_RANKABLE).index, start=1)
    ]
    columns: tuple[tuple[str, Align, int], ...] = (
        ("number", "right", 4),
        ("proposal_code", "left", 9),
        *LISTED_COLUMNS[1:6],
        ("missing", "left", 26),
    )
    note = t("table.not_rankable.note")
    return Table(t("table.not_rankable"), columns_of(t, *columns), rows_of(rows), note=note)


def _listed(
    outcome: Outcome, session: Session, t: Translator, standings: tuple[Standing, ...], name: str
) -> Table:
    lines = outcome.standing(*standings)
    cells = ProposalCells.of(outcome, session, t)
    bands = bands_by_proposal(outcome, session) if len(session.bands) else None
    rows = [
        (
            t.style.count(number),
            cells.text(label, "activity"),
            cells.location(label),
            cells.volume(label),
            cells.cost(label),
            cells.text(label, "agency"),
            score_word(outcome, label, t),
            t.style.count(int(lines["rank"][label])),
            *(() if bands is None else (band_word(bands[label], outcome, t),)),
            cells.listed_reason(label),
        )
        for number, label in enumerate(lines.index, start=1)
    ]
    priced = lines["cost"].dropna()
    banded = () if bands is None else BAND_COLUMN
    blanks = [""] * (len(LISTED_COLUMNS) - 5 + len(banded))
    total = ("", t("word.total"), "", "", t.style.rupiah(int(priced.sum())), *blanks)
    return Table(
        t(f"table.{name}"),
        columns_of(t, *LISTED_COLUMNS[:-1], *banded, LISTED_COLUMNS[-1]),
        rows_of(rows),
        note=noted(t(f"table.{name}.note"), outcome, lines.index, t),
        total=total if len(priced) else (),
    )
