"""Bands (golongan) of the score: the band of each proposal, and how many fall into each."""

from __future__ import annotations

import pandas as pd

from workbench.domain.session import Session
from workbench.engine.bands import band_of
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.score_words import withheld_word
from workbench.present.table import Table, columns_of, rows_of
from workbench.prioritisation import Outcome, Standing


def bands_by_proposal(outcome: Outcome, session: Session) -> pd.Series:
    """Return the declared band of every proposal of an outcome; empty text where it has none.

    None where the score is withheld: a band tells between which scores it lies.
    """
    frame = session.bands.frame
    lower = pd.Series(frame["lower"].to_numpy(), index=frame["band"])
    bands = band_of(outcome.scoring.scores[outcome.table.index], lower, session.bands.decimals)
    return bands.astype(object).where(~bands.index.isin(outcome.withheld), None)


def band_word(band: str | None, outcome: Outcome, t: Translator) -> str:
    """Return a band as a cell says it."""
    return withheld_word(outcome, t) if band is None else band or EMPTY


def bands_table(outcome: Outcome, session: Session, t: Translator) -> Table:
    """Return the bands with their thresholds, and how many ranked and funded proposals are in each."""
    bands = bands_by_proposal(outcome, session)[outcome.table["rank"].notna()]
    funded = bands[outcome.table["standing"].reindex(bands.index) == Standing.FUNDED.value]
    rows = [
        (
            str(line["band"]),
            str(line["meaning"]) or EMPTY,
            t.style.number(line["lower"], 0 if float(line["lower"]).is_integer() else 2),
            t.style.count(int((bands == line["band"]).sum())),
            EMPTY if outcome.room is None else t.style.count(int((funded == line["band"]).sum())),
        )
        for _, line in session.bands.frame.iterrows()
    ]
    columns = columns_of(
        t,
        ("band", "left", 15),
        ("meaning", "left", 40),
        ("band_from", "right", 15),
        ("proposals", "right", 15),
        ("funded", "right", 15),
    )
    below = int((bands == "").sum())
    untold = int(bands.isna().sum())
    notes = [t("table.bands.note")]
    notes += [t("table.bands.below", count=below)] if below else []
    notes += [t("table.bands.withheld", count=untold)] if untold else []
    return Table(t("table.bands"), columns, rows_of(rows), note=" ".join(notes))
