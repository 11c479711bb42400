"""From an executed notebook to one self-contained page: its shown parts in order, nothing from outside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from workbench.present.documents import Page, Section, html_page
from workbench.present.i18n import translator
from workbench.reporting.shown import HEADING, OUTCOME_TYPE, RECORD_TYPE

FINISH = "workbench.reporting.page:write_page"
"""The finish step of a report, as a batch is told it."""
OUTCOME_ENDING = ".hasil.json"
TOLD = ("district", "language", "digest", "outcome")
"""Figures of the record that the page tells to programs: what `verify` needs."""


def warm_up() -> None:
    """Do once, before the first report, what every report would do for the first time."""
    from workbench.reporting.rehearsal import rehearse_report

    rehearse_report()


def write_page(executed: Path, target: Path, parameters: Mapping[str, Any]) -> None:
    """Write the page of a report and, beside it, its figures for the index.

    Parameters
    ----------
    executed : Path
        The executed notebook.
    target : Path
        The HTML file; figures and the published outcome go beside it (``.json``, ``.hasil.json``).
    parameters : mapping
        The notebook's parameters; ``language`` decides the page's language.

    Raises
    ------
    ValueError
        When the notebook shows no figures for the index: it is no report.
    """
    notebook = json.loads(executed.read_text(encoding="utf-8"))
    outputs = list(_outputs(notebook))
    record = next((o["data"][RECORD_TYPE] for o in outputs if RECORD_TYPE in o["data"]), None)
    if record is None:
        raise ValueError(f"{executed.name} shows no {RECORD_TYPE}")
    t = translator(str(parameters.get("language", "id")))
    page = Page(
        f"{t('report.title')}: {record['name']}",
        record["subtitle"],
        record["mark"],
        record["source"],
        told={name: str(record[name]) for name in TOLD if name in record},
    )
    target.write_text(html_page(page, list(_sections(outputs)), t), encoding="utf-8", newline="\n")
    outcome = next((o["data"][OUTCOME_TYPE] for o in outputs if OUTCOME_TYPE in o["data"]), None)
    if outcome is not None:
        target.with_suffix(OUTCOME_ENDING).write_bytes(_text(outcome).encode())
    target.with_suffix(".json").write_text(
        json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def _outputs(notebook: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            if "data" in output:
                yield output


def _sections(outputs: Iterable[Mapping[str, Any]]) -> Iterator[Section]:
    for output in outputs:
        heading = output.get("metadata", {}).get(HEADING, "")
        if heading:
            # The blocks were made, and escaped, by `present` in the notebook that this process has just run.
            yield Section(heading, (Markup(_text(output["data"]["text/html"])),))  # noqa: S704


def _text(written: str | Sequence[str]) -> str:
    """Return a text that a notebook may hold as a list of lines."""
    return written if isinstance(written, str) else "".join(written)
