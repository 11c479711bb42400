from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.criteria import Direction
from workbench.engine.scoring.ranking import rank_with_ties
from workbench.engine.scoring.tie_breaks import TieKey, break_ties, lot_key
from workbench.errors import InvalidValue, LabelMismatch

SCORES = pd.Series({"road": 70.0, "well": 70.0, "clinic": 70.0, "bridge": 90.0, "market": 10.0})


def key(name: str, values: dict[str, float], direction: Direction = Direction.HIGHER) -> TieKey:
    return TieKey(name, pd.Series(values), direction)


def test_keys_part_a_group_in_their_order() -> None:
    first = key("heaviest", {"road": 5, "well": 4, "clinic": 4, "bridge": 1, "market": 1})
    second = key("cost", {"road": 9, "well": 7, "clinic": 3, "bridge": 1, "market": 1}, Direction.LOWER)
    broken = break_ties(rank_with_ties(SCORES), [first, second])
    assert broken.ranks.to_dict() == {"bridge": 1, "road": 2, "clinic": 3, "well": 4, "market": 5}
    assert dict(broken.decided_by) == {
        "clinic": ("heaviest", "cost"),
        "road": ("heaviest",),
        "well": ("heaviest", "cost"),
    }
    assert broken.ties == ()
    assert [step.key for step in broken.steps] == ["heaviest", "cost"]


def test_what_no_key_decides_stays_tied() -> None:
    same = key("heaviest", {"road": 5, "well": 4, "clinic": 4, "bridge": 1, "market": 1})
    broken = break_ties(rank_with_ties(SCORES), [same])
    assert broken.ties == (("clinic", "well"),)
    assert broken.ranks[["clinic", "well"]].tolist() == [3, 3]
    unbroken = break_ties(rank_with_ties(SCORES), [])
    assert unbroken.ties == (("clinic", "road", "well"),)
    assert unbroken.decided_by["road"] == ()


def test_a_missing_value_never_breaks_a_tie() -> None:
    blank = key("poor", {"road": 5, "well": np.nan, "clinic": 1, "bridge": 1, "market": 1})
    broken = break_ties(rank_with_ties(SCORES), [blank])
    assert broken.ties == (("clinic", "road", "well"),)
    assert broken.steps[0].missing == ("well",)


def test_whole_rupiah_are_compared_exactly_and_floats_up_to_rounding() -> None:
    scores = pd.Series({"a": 1.0, "b": 1.0})
    cost = TieKey("cost", pd.Series({"a": 10**15 + 1, "b": 10**15}), Direction.LOWER)
    assert break_ties(rank_with_ties(scores), [cost]).ranks.to_dict() == {"a": 2, "b": 1}
    score = TieKey("score", pd.Series({"a": 0.1 + 0.2, "b": 0.3}))
    assert break_ties(rank_with_ties(scores), [score]).ties == (("a", "b"),)


def test_yes_or_no_is_a_key() -> None:
    scores = pd.Series({"a": 1.0, "b": 1.0})
    women = TieKey("womens_group", pd.Series({"a": False, "b": True}))
    assert break_ties(rank_with_ties(scores), [women]).ranks.to_dict() == {"a": 2, "b": 1}


@given(
    st.lists(st.integers(0, 3), min_size=2, max_size=12),
    st.integers(0, 2**31),
    st.randoms(use_true_random=False),
)
def test_a_lot_decides_all_and_forgets_the_row_order(values: list[int], seed: int, random) -> None:
    scores = pd.Series(values, index=[f"P{i:02d}" for i in range(len(values))], dtype=float)
    shuffled = list(scores.index)
    random.shuffle(shuffled)
    first = break_ties(rank_with_ties(scores), [lot_key(scores.index, seed)])
    second = break_ties(rank_with_ties(scores[shuffled]), [lot_key(shuffled, seed)])
    assert first.ties == ()
    assert sorted(first.ranks) == list(range(1, len(values) + 1))
    assert first.ranks.to_dict() == second.ranks.to_dict()
    assert dict(first.seeds) == {"lot": seed}


def test_lots_are_the_same_in_every_process_and_fair(project_root: Path) -> None:
    program = (
        "from workbench.engine.scoring.tie_breaks import lot_key;"
        "print(lot_key(['road', 'well'], 7).by_proposal.tolist())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": s},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for s in ("1", "2")
    }
    assert outputs == {f"{lot_key(['road', 'well'], 7).by_proposal.tolist()}\n"}
    wins = sum(lot_key(["road", "well"], seed).by_proposal.idxmin() == "road" for seed in range(100))
    assert 30 < wins < 70


def test_other_proposals_do_not_change_a_lot() -> None:
    assert lot_key(["a", "b", "c"], 3).by_proposal["b"] == lot_key(["b"], 3).by_proposal["b"]


def test_unusable_keys_are_refused() -> None:
    ranking = rank_with_ties(SCORES)
    good = key("k", dict.fromkeys(SCORES.index, 1))
    with pytest.raises(InvalidValue, match="duplicate_tie_keys"):
        break_ties(ranking, [good, good])
    with pytest.raises(LabelMismatch):
        break_ties(ranking, [key("k", {"road": 1})])
    with pytest.raises(InvalidValue, match="not_a_number"):
        break_ties(ranking, [TieKey("k", pd.Series("x", index=SCORES.index))])


def test_unranked_proposals_stay_unranked() -> None:
    scores = pd.Series({"a": 1.0, "b": 1.0, "c": np.nan})
    broken = break_ties(rank_with_ties(scores), [lot_key(scores.index, 1)])
    assert "c" not in broken.ranks
