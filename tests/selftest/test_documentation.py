from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from workbench.selftest.documentation import kinds_text
from workbench.selftest.runner import KINDS, Status, run_cases


@pytest.fixture(scope="module")
def manual(project_root: Path) -> str:
    return (project_root / "docs" / "selftest.md").read_text(encoding="utf-8")


def test_the_manual_holds_what_the_command_prints(manual: str) -> None:
    assert re.findall(r"```text\n(.*?)```", manual, re.DOTALL) == [kinds_text()]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_documented_once(kind: str) -> None:
    found = re.findall(rf"^{kind}\n((?:    .*\n|\n)+)", kinds_text(), re.MULTILINE)
    assert len(found) == 1
    assert found[0].strip()


def test_no_markup_is_left_in_the_text() -> None:
    assert "``" not in kinds_text()


def test_the_example_of_the_manual_runs(manual: str) -> None:
    (example,) = re.findall(r"```json\n(.*?)```", manual, re.DOTALL)
    assert [result.status for result in run_cases(json.loads(example))] == [Status.PASSED]
