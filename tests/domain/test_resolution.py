from __future__ import annotations

import pandas as pd
import pytest

from workbench.domain.proposals import Proposals
from workbench.domain.resolution import Resolution
from workbench.errors import InvalidInput

PROPOSALS = Proposals.from_table(
    pd.DataFrame({"proposal": ["a", "b", "c"], "activity": "x", "region": "", "cost": None})
)


def test_an_override_has_a_reason():
    lines = pd.DataFrame(
        {"proposal": ["a"], "decided_rank": [1], "decision": ["funded"], "reason": ["darurat"]}
    )
    decided = Resolution.from_table(lines, PROPOSALS, locked=True)
    assert decided.locked
    assert decided.frame.loc["a"].tolist() == [1, "funded", "darurat"]


def test_what_an_override_must_not_be():
    lines = pd.DataFrame(
        {
            "proposal": ["a", "a", "z", "b", "c"],
            "decided_rank": [1, 2, 3, None, 0],
            "decision": "",
            "reason": ["x", "x", "x", "", "x"],
        },
        index=range(2, 7),
    )
    with pytest.raises(InvalidInput) as caught:
        Resolution.from_table(lines, PROPOSALS)
    assert [(p.code, p.row) for p in caught.value.problems] == [
        ("empty_cell", 5),
        ("duplicate_id", 3),
        ("unknown_proposal", 4),
        ("decides_nothing", 5),
        ("rank_below_one", 6),
    ]
