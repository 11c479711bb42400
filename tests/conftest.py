"""Options, hypothesis profiles and fixtures that every test may use."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Loading jsonschema's grammar for international addresses costs two seconds and nothing here needs it.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile(
    "quick", max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile("deep", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--shared-data",
        default=os.environ.get("WORKBENCH_SHARED_DATA", ""),
        help="folder with the real data and reference cases that may not be shipped",
    )


@pytest.fixture(scope="session")
def shared_folder(request: pytest.FixtureRequest) -> Path:
    given = request.config.getoption("--shared-data")
    if not given or not Path(given).is_dir():
        pytest.skip("needs --shared-data FOLDER (real data that may not be shipped)")
    return Path(given).resolve()


@pytest.fixture(scope="session")
def project_root() -> Path:
    return ROOT


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    # Packed bytes carry the time they were packed, and parallel workers must give every test one name.
    return argname if isinstance(val, bytes) else None
