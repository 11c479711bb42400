"""What the next rupiah buy: the ceiling raised step by step under one rule."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from workbench.engine.allocation.money import label_key
from workbench.engine.allocation.price_of_rules import total_of
from workbench.engine.allocation.readings import Needs, funded_under
from workbench.errors import InvalidValue


def curve_of_money(needs: Needs, rule: str, step: int, steps: int) -> pd.DataFrame:
    """Return what each further step of money buys under a rule.

    Parameters
    ----------
    needs : Needs
        The session; its ceiling is the first point.
    rule : str
        A name of `READINGS`.
    step : int
        Rupiah, at least 1.
    steps : int
        Further points.

    Returns
    -------
    DataFrame by ceiling
        ``total_score``, ``gain`` over the point before, ``funded``, ``left``, ``enters`` and ``leaves``
        (tuples of labels against the point before).

    Raises
    ------
    InvalidValue
        ``step_missing`` when the step is not at least one rupiah.
    UnknownMethod
        When the rule is not a name of `READINGS`.

    Examples
    --------
    >>> needs = Needs(pd.Series({"a": 3.0, "b": 2.0}), pd.Series({"a": 5, "b": 4}), 4)
    >>> curve_of_money(needs, "best_total", 5, 1)["total_score"].tolist()
    [2.0, 5.0]
    """
    if step < 1:
        raise InvalidValue("step_missing", value=step, remedy="state a step of at least one rupiah")
    rows, before = {}, None
    for number in range(steps + 1):
        at = replace(needs, ceiling=needs.ceiling + number * step)
        funded = frozenset(funded_under(rule, at))
        earlier = funded if before is None else before
        rows[at.ceiling] = total_of(at, tuple(funded)) | {
            "enters": tuple(sorted(funded - earlier, key=label_key)),
            "leaves": tuple(sorted(earlier - funded, key=label_key)),
        }
        before = funded
    curve = pd.DataFrame.from_dict(rows, orient="index").rename_axis("ceiling")
    curve.insert(1, "gain", curve["total_score"].diff().fillna(0.0))
    return curve[["total_score", "gain", "funded", "left", "enters", "leaves"]]
