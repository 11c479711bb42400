from __future__ import annotations

import pandas as pd

from workbench.engine.gates import screen

LABELS = pd.Index(["a", "b", "c", "d"])


def gates(*lines: tuple[str, str, bool | None]) -> pd.DataFrame:
    return pd.DataFrame(lines, columns=["proposal", "gate", "passed"]).astype({"passed": "boolean"})


def test_failed_and_open_gates_are_told_apart_and_sorted():
    found = screen(
        LABELS,
        gates(("a", "z", False), ("a", "b", False), ("b", "z", None), ("c", "z", True), ("a", "c", None)),
    )
    assert found.failed.to_dict() == {"a": ("b", "z"), "b": (), "c": (), "d": ()}
    assert found.open.to_dict() == {"a": ("c",), "b": ("z",), "c": (), "d": ()}
    assert found.passed.to_dict() == {"a": False, "b": True, "c": True, "d": True}


def test_no_gates_and_no_proposals():
    assert screen(LABELS, gates()).passed.all()
    assert screen(LABELS[:0], gates(("a", "z", False))).passed.tolist() == []
