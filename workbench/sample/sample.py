"""The sample as a value: its tables, its facts, its rules and its geometry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.domain.ballots import Ballots, Gates, Judgements
from workbench.domain.budget import Budget
from workbench.domain.criteria import Criteria
from workbench.domain.facts import Facts
from workbench.domain.participants import Participants
from workbench.domain.proposals import Proposals
from workbench.domain.regions import Regions
from workbench.domain.rules import Rules
from workbench.domain.session import Session


@dataclass(frozen=True)
class Sample:
    """A fictional kabupaten.

    Attributes
    ----------
    tables : mapping of str to DataFrame
        proposals, criteria, points, participants, ballots, judgements, gates, budget, regions (region, name)
        and identities, with the columns of `workbench.domain` and row numbers as index.
    facts : Facts
        The facts of the forum; `data_mark` says that the data are synthetic.
    rules : Rules
        The rules that the sample is ranked by: the stage of the district's meeting, all else by default.
    edition : str
        What the region codes are, in place of a decree.
    geometry : mapping
        ``villages`` and ``districts``: GeoJSON feature collections.
    """

    tables: Mapping[str, pd.DataFrame]
    facts: Facts
    rules: Rules
    edition: str
    geometry: Mapping[str, Any]

    def session(self) -> Session:
        """Return the checked session of the whole kabupaten.

        Raises
        ------
        InvalidInput
            If a table broke an invariant of the domain; no seed may.
        """
        tables = self.tables
        regions = tables["regions"].set_index("region")["name"]
        return Session(
            facts=self.facts,
            proposals=Proposals.from_table(tables["proposals"]),
            criteria=Criteria.from_tables(tables["criteria"], tables["points"]),
            regions=Regions(regions, self.edition),
            participants=Participants.from_table(tables["participants"]),
            ballots=Ballots(tables["ballots"]),
            judgements=Judgements(tables["judgements"]),
            gates=Gates(tables["gates"]),
            budget=Budget.from_table(tables["budget"]),
        )
