"""Orders of proposals made elsewhere: by discussion groups on their sheets, or by persons on cards."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.domain.checks import duplicates, empty_cells, problem_at, raise_if_any, unknown_labels
from workbench.domain.columns import Column, Kind, conform
from workbench.errors import Problem

COLUMNS = (
    Column("group"),
    Column("participant", Kind.CODE),
    Column("proposal", Kind.CODE, required=True, filled=True),
    Column("place", Kind.COUNT, required=True),
    Column("weight", Kind.RATIO),
)
"""One line for each proposal that somebody placed; 1 is best, equal places are ties, empty is not placed."""


@dataclass(frozen=True, eq=False)
class Orders:
    """Orders with the weight that each of them carries.

    Attributes
    ----------
    places : DataFrame, givers x proposals
        The place as it was given; missing where a giver did not place a proposal.
    weights : Series by giver
        1 unless the file states other weights of groups. Persons have none: a sum in which one person weighs
        more than all others together would be that person's order.
    by_group : bool
        Whether groups gave them, which everybody saw; orders of persons are secret.
    """

    places: pd.DataFrame
    weights: pd.Series
    by_group: bool

    @classmethod
    def from_table(cls, table: pd.DataFrame, proposals: pd.Index[str]) -> Orders:
        """Check a table whose index is the row number a person sees, and return the value."""
        table = conform(table, COLUMNS)
        raise_if_any(check_orders(table, proposals))
        by_group = bool((table["participant"] == "").all())
        giver = table["group" if by_group else "participant"]
        placed = table.assign(giver=giver, place=table["place"].astype("float64"))
        places = placed.pivot(index="giver", columns="proposal", values="place")  # noqa: PD010 - checked unique
        places = places.loc[list(dict.fromkeys(placed["giver"]))]  # as they stand in the file
        weights = placed.groupby("giver", sort=False)["weight"].first().fillna(1.0).astype("float64")
        return cls(places, weights, by_group)

    @property
    def lines(self) -> pd.DataFrame:
        """The orders as `COLUMNS`, one line for each place that was given; weights only where they differ."""
        places = self.places.stack().astype("Int64")  # noqa: PD013 - giver, then proposal
        givers = places.index.get_level_values(0).astype("str")
        weights = self.weights.loc[givers].to_numpy() if self.weighted else np.nan
        empty = pd.Series("", index=range(len(places)), dtype="str")
        table = {
            "group": givers if self.by_group else empty,
            "participant": empty if self.by_group else givers,
            "proposal": places.index.get_level_values(1).astype("str"),
            "place": places.to_numpy(),
            "weight": weights,
        }
        return conform(pd.DataFrame(table), COLUMNS)

    def among(self, proposals: pd.Index[str]) -> Orders | None:
        """Return the orders of some proposals, of all who placed one of them; None where nobody did."""
        own = self.places.loc[:, self.places.columns.isin(proposals)]
        own = own[own.notna().any(axis=1)]
        return Orders(own, self.weights.loc[own.index], self.by_group) if own.size else None

    @property
    def weighted(self) -> bool:
        """Whether some orders weigh more than others."""
        return bool((self.weights != self.weights.iloc[0]).any())


def check_orders(table: pd.DataFrame, proposals: pd.Index[str]) -> list[Problem]:
    """Name every line without or with two givers, given twice, below place 1, or of an unknown proposal."""
    if table.empty:
        return [problem_at(None, "no_orders")]
    problems = empty_cells(table, COLUMNS)
    both, neither = _givers(table)
    problems += [problem_at(row, "order_of_two", "participant", table["participant"][row]) for row in both]
    problems += [problem_at(row, "order_of_nobody", "group") for row in neither]
    named = table[(table["proposal"] != "") & ~table.index.isin(neither)]
    problems += duplicates(named, ["proposal", "group", "participant"], "placed_twice")
    problems += unknown_labels(table, "proposal", proposals, "unknown_proposal")
    below = table["place"].lt(1).fillna(value=False)
    problems += [
        problem_at(row, "rank_below_one", "place", table["place"][row]) for row in table.index[below]
    ]
    return problems + _weights(table)


def _givers(table: pd.DataFrame) -> tuple[pd.Index, pd.Index]:
    """Return the rows that name a card although others name groups, and those that name neither."""
    group, person = table["group"] != "", table["participant"] != ""
    mixed = bool((person & ~group).any() and (group & ~person).any())
    return table.index[(group & person) | (mixed & person)], table.index[~group & ~person]


def _weights(table: pd.DataFrame) -> list[Problem]:
    given = table["weight"]
    wrong = given.notna() & ~(np.isfinite(given) & (given > 0))
    problems = [
        problem_at(row, "weight_not_positive", "weight", f"{given[row]:g}") for row in table.index[wrong]
    ]
    of_person = given.notna() & (table["participant"] != "")
    problems += [problem_at(row, "weight_of_person", "weight") for row in table.index[of_person]]
    giver = table["group"].where(table["group"] != "", table["participant"])
    usual = given.fillna(1.0).groupby(giver).transform("first")
    differs = (given.fillna(1.0) - usual).abs() > 1e-12
    return problems + [
        problem_at(row, "weight_differs", "weight", f"{given[row]:g}", giver=giver[row])
        for row in table.index[differs & ~wrong]
    ]
