"""Which village a proposal belongs to, and what each village asked for and got."""

from __future__ import annotations

import pandas as pd

from workbench.domain.region_codes import Level, ancestor, level_of
from workbench.domain.session import Session
from workbench.present.i18n import Translator
from workbench.prioritisation import Outcome, Standing


def village_names(session: Session, t: Translator) -> pd.Series:
    """Return the village's name by proposal: from the list of regions, else as the proposal has it.

    Parameters
    ----------
    session : Session
    t : Translator
        For the words that stand where no village is named.
    """
    frame = session.proposals.frame
    names = [
        _name(ancestor(code, Level.VILLAGE), text, session, t)
        for code, text in zip(frame["region"], frame["village"], strict=True)
    ]
    return pd.Series(names, index=frame.index, dtype="str")


def village_totals(outcome: Outcome, session: Session, t: Translator) -> pd.DataFrame:
    """Return what each village asked for and got.

    Returns
    -------
    DataFrame
        Index ``village``: the code, or the name where there is no code; in code order, names behind. Columns
        name, proposals, funded (numbers), unpriced, cost, cost_funded (whole rupiah of priced proposals).
        Every village of the district stands in it, also one that proposed nothing.
    """
    frame = session.proposals.frame.loc[outcome.table.index]
    codes = frame["region"].map(lambda code: ancestor(code, Level.VILLAGE))
    names = village_names(session, t).loc[frame.index]
    keys = codes.where(codes != "", names).rename("village")
    table = pd.DataFrame(
        {
            "name": names,
            "proposals": 1,
            "funded": (outcome.table["standing"] == Standing.FUNDED).astype("int64"),
            "unpriced": frame["cost"].isna().astype("int64"),
            "cost": frame["cost"].fillna(0).astype("int64"),
        }
    )
    table["cost_funded"] = table["cost"].where(table["funded"] == 1, 0)
    totals = table.groupby(keys, sort=True).agg(
        name=("name", "first"),
        **{column: (column, "sum") for column in ("proposals", "funded", "unpriced", "cost", "cost_funded")},
    )
    return _with_silent(totals, session)


def _with_silent(totals: pd.DataFrame, session: Session) -> pd.DataFrame:
    """Add the villages of the district that proposed nothing."""
    region = session.facts.region
    if not region or level_of(region) != Level.DISTRICT:
        return totals
    silent = session.regions.children(region)
    silent = silent[~silent.index.isin(totals.index)]
    lines = pd.DataFrame({"name": silent}).assign(proposals=0, funded=0, unpriced=0, cost=0, cost_funded=0)
    joined = pd.concat([totals, lines]).rename_axis("village") if len(lines) else totals
    return joined.iloc[sorted(range(len(joined)), key=lambda at: _code_first(str(joined.index[at])))]


def _code_first(key: str) -> tuple[bool, str]:
    return not key[:1].isdigit(), key


def _name(code: str, text: str, session: Session, t: Translator) -> str:
    if code and code in session.regions:
        return session.regions.name(code)
    return text or code or t("word.no_village")
