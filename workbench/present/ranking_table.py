"""The whole ranking at a glance: every proposal once, with where it stands and why."""

from __future__ import annotations

from workbench.domain.session import Session
from workbench.present.bands_table import band_word, bands_by_proposal
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.places import village_names
from workbench.present.reasons import reason_sentence
from workbench.present.score_words import score_word, withheld_note
from workbench.present.table import Align, Table, columns_of, rows_of
from workbench.prioritisation import Outcome

COLUMNS: tuple[tuple[str, Align, int], ...] = (
    ("rank", "right", 6),
    ("activity", "left", 24),
    ("location", "left", 12),
    ("cost", "right", 11),
    ("score", "right", 6),
    ("standing", "left", 13),
    ("reason", "left", 28),
)
BAND_COLUMN: tuple[tuple[str, Align, int], ...] = (("band", "center", 6),)


def ranking_table(outcome: Outcome, session: Session, t: Translator) -> Table:
    """Return every proposal of an outcome in rank order, the not rankable last; ``=`` marks a shared rank.

    Where the session declares bands of the score, the band stands behind the score.

    Parameters
    ----------
    outcome : Outcome
    session : Session
        The session it was computed from.
    t : Translator
    """
    activities, villages = session.proposals.frame["activity"], village_names(session, t)
    bands = bands_by_proposal(outcome, session) if len(session.bands) else None
    rows = []
    for label, standing in outcome.table["standing"].items():
        name = str(label)
        facts = outcome.reasons[name].facts
        rank = outcome.ranking_of(name)
        shared = "=" if facts.get("shared", 1) > 1 else ""
        rows.append(
            (
                EMPTY if rank is None else f"{t.style.count(rank)}{shared}",
                str(activities[name]),
                str(villages[name]),
                t.style.rupiah(outcome.cost_of(name)),
                score_word(outcome, name, t),
                *(() if bands is None else (band_word(bands[name], outcome, t),)),
                t(f"standing.{standing}"),
                reason_sentence(outcome.reasons[name], t),
            )
        )
    banded = () if bands is None else BAND_COLUMN
    columns = columns_of(t, *COLUMNS[:5], *banded, *COLUMNS[5:])
    note = withheld_note(outcome, outcome.table.index, t)
    return Table(t("table.ranking"), columns, rows_of(rows), note=note)
