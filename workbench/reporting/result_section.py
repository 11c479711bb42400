"""What is published of a district's outcome so that anybody with the folder can compute it again."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from typing import Any

from workbench._version import __version__
from workbench.present import tables
from workbench.present.i18n import Translator
from workbench.prioritisation import PooledOutcome
from workbench.reporting.engine_check import engine_check
from workbench.reporting.shown import OUTCOME_TYPE
from workbench.store.outcome_file import outcome_digest, public_outcome_bytes
from workbench.store.session_folder import OpenedSession
from workbench.store.session_writing import input_digest

VERSIONS = ("numpy", "pandas", "scipy", "matplotlib", "papermill")


@dataclass(frozen=True)
class Result:
    """The whole district, all its lists together.

    Attributes
    ----------
    opened : OpenedSession
    found : PooledOutcome
    """

    opened: OpenedSession
    found: PooledOutcome

    @cached_property
    def content(self) -> bytes:
        """The outcome as it may be published."""
        return public_outcome_bytes(self.opened.session, self.found, self.opened.resolution)

    @cached_property
    def digest(self) -> str:
        """The hash that the published outcome is known by."""
        return outcome_digest(self.content)

    @cached_property
    def input_digest(self) -> str:
        """The hash of input and rules."""
        return input_digest(self.opened.session, self.opened.rules)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {OUTCOME_TYPE: self.content.decode(), "text/plain": self.digest}


def digests_of(result: Result) -> dict[str, str]:
    """Return the two hashes that a report carries."""
    return {"digest": result.input_digest, "outcome": result.digest}


def card_table(result: Result, t: Translator) -> tables.Table:
    """Return what an analyst needs to compute a report again.

    The time of making is not among it: the same input makes the same page, byte for byte. It stands in the
    executed notebook.
    """
    opened = result.opened
    pairs = [
        (t("card.digest"), result.input_digest),
        (t("card.outcome"), result.digest),
        (t("card.edited"), t.style.list(opened.edited) if opened.edited else t("word.none")),
        (t("card.region_edition"), opened.session.regions.edition),
        (t("card.random_index"), t(f"rule_short.random_index.{opened.rules.random_index}")),
        (t("card.engine"), _engine(t)),
        (t("card.workbench"), __version__),
        (t("card.python"), platform.python_version()),
        *((name, version(name)) for name in VERSIONS),
    ]
    return tables.reproducibility_table(pairs, t)


def _engine(t: Translator) -> str:
    check = engine_check()
    if check.failed:
        return t("card.engine_failed", cases=check.failed)
    return t("card.engine_passed", count=check.passed)
