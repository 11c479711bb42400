"""The funnel: how many proposals went on from one stage of the planning chain to the next."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.errors import InvalidValue


@dataclass(frozen=True)
class Funnel:
    """Stages as the history of proposals, linked by parents.

    Attributes
    ----------
    steps : DataFrame
        One line for each link between two stages that occurs: columns parent_stage, stage, parents (distinct
        proposals that went on), children (proposals that came of them).
    totals : Series
        Number of proposals by stage.
    with_parent : Series of bool
        By proposal: whether it names a parent that the list holds.
    descendants : Series of tuple of str
        By proposal: stages that any descendant reached, sorted.
    orphans : tuple of str
        Proposals whose named parent is not in the list, sorted.
    """

    steps: pd.DataFrame
    totals: pd.Series
    with_parent: pd.Series
    descendants: pd.Series
    orphans: tuple[str, ...]


def funnel(stages: pd.Series, parents: pd.Series) -> Funnel:
    """Follow the parent links between stages.

    Parameters
    ----------
    stages : Series
        Stage by proposal.
    parents : Series
        Label of the parent by proposal; empty text where there is none. Same index.

    Returns
    -------
    Funnel

    Raises
    ------
    InvalidValue
        ``parent_cycle`` names proposals that descend from themselves.

    Examples
    --------
    >>> stages = pd.Series({"a": "village", "b": "district"})
    >>> funnel(stages, pd.Series({"a": "", "b": "a"})).steps.to_dict("records")
    [{'parent_stage': 'village', 'stage': 'district', 'parents': 1, 'children': 1}]
    """
    linked = parents[parents.isin(stages.index)]
    named = parents[(parents != "") & ~parents.isin(stages.index)]
    return Funnel(
        steps=_steps(stages, linked),
        totals=stages.value_counts().sort_index(),
        with_parent=parents.isin(stages.index),
        descendants=_descendants(stages, linked),
        orphans=tuple(sorted(named.index)),
    )


def _steps(stages: pd.Series, linked: pd.Series) -> pd.DataFrame:
    if not len(linked):  # most lists hold one stage, and grouping nothing costs as much as grouping them
        none = pd.DataFrame({"parent_stage": [], "stage": [], "parents": [], "children": []}, dtype="int64")
        return none.astype({"parent_stage": "str", "stage": "str"})
    links = pd.DataFrame(
        {"parent_stage": linked.map(stages), "stage": stages[linked.index], "parent": linked.to_numpy()}
    )
    grouped = links.groupby(["parent_stage", "stage"])["parent"]
    return pd.DataFrame({"parents": grouped.nunique(), "children": grouped.size()}).reset_index()


def _descendants(stages: pd.Series, linked: pd.Series) -> pd.Series:
    reached: dict[str, set[str]] = {label: set() for label in stages.index}
    stage_of, parent_of = stages.to_dict(), linked.to_dict()
    for label in parent_of:
        seen = {label}
        stage, above = stage_of[label], parent_of[label]
        while above is not None:
            if above in seen:
                raise InvalidValue("parent_cycle", proposals=tuple(sorted(seen)))
            seen.add(above)
            reached[above].add(stage)
            above = parent_of.get(above)
    return pd.Series({label: tuple(sorted(names)) for label, names in reached.items()}, dtype=object)
