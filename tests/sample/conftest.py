"""The sample of the default seed, generated once."""

from __future__ import annotations

import pytest

from workbench.sample import Sample, generate


@pytest.fixture(scope="session")
def sample() -> Sample:
    return generate()
