from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==([^\s;\\]+)\s*(?:;([^\\]*))?\\?$")
LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-uv.lock")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def bounds(requirement: str) -> tuple[str, frozenset[str]]:
    match = re.fullmatch(r"\s*([A-Za-z0-9._-]+)\s*(.*?)\s*", requirement)
    return canonical(match[1]), frozenset(part.strip() for part in match[2].split(",") if part.strip())


def pins(path: Path) -> dict[tuple[str, str], tuple[str, int]]:
    """Return version and number of hashes by name and marker."""
    found: dict[tuple[str, str], tuple[str, int]] = {}
    last = None
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.strip()
        if match := PIN.match(text):
            last = (canonical(match[1]), (match[3] or "").strip())
            assert last not in found, line
            found[last] = (match[2], 0)
        elif text.startswith("--hash=sha256:"):
            assert re.fullmatch(r"--hash=sha256:[0-9a-f]{64}\s*\\?", text), line
            version, hashes = found[last]
            found[last] = (version, hashes + 1)
        else:
            assert not text or text.startswith("#"), line
    return found


@pytest.fixture
def project(project_root: Path) -> dict:
    return tomllib.loads((project_root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_conda_and_pip_ask_for_the_same(project_root, project):
    text = (project_root / "environment.yml").read_text(encoding="utf-8")
    listed = re.findall(r"^  - ([^:\n]+)$", text, flags=re.MULTILINE)
    conda = dict(bounds(line) for line in listed if line not in ("conda-forge", "pip"))
    assert conda.pop("python") == frozenset({project["requires-python"]})
    assert conda == dict(bounds(line) for line in project["dependencies"])
    assert "conda-forge" in listed
    assert "- -e ." in text


def test_every_dependency_has_a_lower_bound(project):
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    for line in [*project["dependencies"], *extras]:
        assert any(part.startswith(">=") for part in bounds(line)[1]), line


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_versions_and_hashes_and_no_address(project_root, name):
    path = project_root / name
    text = path.read_text(encoding="utf-8")
    for address in ("http:", "https:", "://", "@ ", "index-url", "find-links", "file:"):
        assert address not in text, address
    found = pins(path)
    assert found
    assert all(hashes > 0 for _, hashes in found.values())


def test_what_runs_is_what_is_tested(project_root):
    run, tested = (pins(project_root / name) for name in LOCKS[:2])
    versions = {
        name: {version for (other, _), (version, _) in run.items() if other == name} for name, _ in run
    }
    for name, wanted in versions.items():
        assert wanted <= {version for (other, _), (version, _) in tested.items() if other == name}, name
    assert len(tested) > len(run)


def test_the_locks_cover_what_is_declared(project_root, project):
    names = [{name for name, _ in pins(project_root / lock)} for lock in LOCKS[:2]]
    assert {bounds(line)[0] for line in project["dependencies"]} <= names[0]
    assert {bounds(line)[0] for line in project["optional-dependencies"]["test"]} <= names[1]
