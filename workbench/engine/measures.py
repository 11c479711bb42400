"""From columns and points to utilities: points tables, anchored numbers, and the fixed 0..1 scale.

0 is the worst acceptable and 1 the best plausible value, declared before anything is scored, so that a late
proposal cannot reorder the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.errors import same_labels

MISSING = "(missing)"
"""Text of the points line that declares, for everyone to see, what an empty cell earns."""


@dataclass(frozen=True)
class Utilities:
    """Values on the common scale.

    Attributes
    ----------
    values : DataFrame
        Proposal x criterion in 0..1, 1 is best; missing stays missing.
    beyond : DataFrame
        Proposal x criterion: True where the value lay outside its anchors and counts as the nearer anchor.
    """

    values: pd.DataFrame
    beyond: pd.DataFrame


def points_from_table(column: pd.Series, table: pd.DataFrame) -> pd.Series:
    """Look up the points of a column: texts first, then the first declared interval that holds the number.

    Parameters
    ----------
    column : Series
        By proposal: numbers, flags or texts.
    table : DataFrame
        Lines lower, upper (closed, either may be missing = open), text, points, in declared order. An
        interval line has no text; a text line matches without regard to case and outer blanks, flags as
        "true" and "false". A line whose text is `MISSING` declares what an empty cell earns.

    Returns
    -------
    Series
        Points by proposal; missing where no line matches, because a value without a line is not zero.

    Examples
    --------
    >>> table = pd.DataFrame({"lower": [float("nan"), 51], "upper": [50, float("nan")]})
    >>> table = table.assign(text="", points=[1, 5])
    >>> points_from_table(pd.Series({"road": 20, "well": 80}), table).to_dict()
    {'road': 1.0, 'well': 5.0}
    """
    written = ["" if blank else _as_text(value) for value, blank in zip(column, column.isna(), strict=True)]
    texts = pd.Series(written, index=column.index, dtype="str")
    numbers = pd.to_numeric(column, errors="coerce").astype("float64")
    points = pd.Series(np.nan, index=column.index, name=column.name)
    table = table.assign(text=table["text"].map(_as_text).astype("str"))
    table = table.iloc[(table["text"] == "").argsort(kind="stable")]
    lower = table["lower"].astype("float64").fillna(-np.inf).to_list()
    upper = table["upper"].astype("float64").fillna(np.inf).to_list()
    earned = table["points"].astype("float64").to_list()
    for low, high, text, worth in zip(lower, upper, table["text"], earned, strict=True):
        hit = texts == ("" if text == MISSING else text) if text else numbers.between(low, high)
        points = points.mask(hit & points.isna(), worth)
    return points


def _as_text(value: object) -> str:
    return " ".join(str(value).split()).casefold()


def anchored_utilities(values: pd.DataFrame, anchors: pd.DataFrame) -> Utilities:
    """Place values between the declared anchors of their criterion.

    Parameters
    ----------
    values : DataFrame
        Proposal x criterion, in the criterion's own unit; missing where nothing is known.
    anchors : DataFrame
        Index criterion; columns scale_min, scale_max, direction ("higher" or "lower" is better).

    Returns
    -------
    Utilities

    Raises
    ------
    LabelMismatch
        When values and anchors are not about the same criteria.

    References
    ----------
    von Winterfeldt, D., & Edwards, W. (1986). Decision Analysis and Behavioral Research (fixed anchors).

    Examples
    --------
    >>> scale = {"scale_min": 1.0, "scale_max": 5.0, "direction": "higher"}
    >>> anchors = pd.DataFrame([scale], index=["urgency"])
    >>> anchored_utilities(pd.DataFrame({"urgency": {"road": 4.0}}), anchors).values.loc["road", "urgency"]
    np.float64(0.75)
    """
    same_labels("anchors", values.columns, anchors.index)
    anchors = anchors.loc[values.columns]
    low, high = anchors["scale_min"].to_numpy(dtype=float), anchors["scale_max"].to_numpy(dtype=float)
    falling = (anchors["direction"] == "lower").to_numpy()
    share = (values.to_numpy(dtype=float) - low) / (high - low)
    share = np.where(falling, 1.0 - share, share)
    beyond = (share < 0) | (share > 1)
    return Utilities(
        values=pd.DataFrame(np.clip(share, 0.0, 1.0), index=values.index, columns=values.columns),
        beyond=pd.DataFrame(beyond, index=values.index, columns=values.columns),
    )
