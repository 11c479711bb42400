"""The deck of a split questionnaire as a table that is filled in and becomes ``perbandingan.csv``."""

from __future__ import annotations

import pandas as pd

from workbench.store.headers import load_headers
from workbench.store.writing import csv_bytes


def deck_bytes(deck: pd.DataFrame, names: pd.Series) -> bytes:
    """Return the deck as CSV: the columns of the comparisons, with the value left to be filled in.

    Parameters
    ----------
    deck : DataFrame
        Columns participant, question, first, second.
    names : Series
        Name by criterion, for the people who read the questions.
    """
    fields = load_headers().tables["judgements"].fields
    return csv_bytes(
        pd.DataFrame(
            {
                fields["participant"]: deck["participant"],
                fields["first"]: deck["first"],
                fields["second"]: deck["second"],
                fields["value"]: "",
                "pertanyaan": deck["question"].map(str),
                "nama_1": deck["first"].map(names),
                "nama_2": deck["second"].map(names),
            }
        )
    )
