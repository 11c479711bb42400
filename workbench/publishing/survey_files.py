"""The files of one survey: the needs by place as a table, and the report of the import with them in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from workbench.domain.intake import Intake
from workbench.present.documents import Section, html_paragraph, html_table
from workbench.present.i18n import Translator
from workbench.present.survey_tables import needs_table
from workbench.publishing.import_log import Reports, put_reports
from workbench.publishing.intake_files import NAMES, NEEDS, intake_files
from workbench.store.survey.counted import NeedsAnswered, needs_lines
from workbench.store.survey.reading import Survey
from workbench.store.writing import csv_bytes

NEED_COLUMNS = (
    "region", "district", "village", "hamlet", "question", "choice", "label", "count", "answered", "share",
)  # fmt: skip


def write_survey_files(
    folder: Path, survey: Survey, intake: Intake, needs: Sequence[NeedsAnswered], t: Translator
) -> Reports:
    """Write what was counted, and the report of a survey; return what was written.

    Parameters
    ----------
    folder : Path
    survey : Survey
    intake : Intake
        What was made of it: the survey itself, or the proposals in it.
    needs : sequence of NeedsAnswered
    t : Translator
    """
    tables = [
        needs_table(each.question, each.counted, each.places, each.above, survey.regions, t) for each in needs
    ]
    lead = t(
        "survey.counts",
        households=len(survey.answers.households),
        questions=len(tables),
    )
    blocks = (html_paragraph(lead), html_paragraph(t("survey.lead")), *map(html_table, tables))
    files = intake_files(intake, t, [Section(t("survey.section.needs"), blocks)])
    headers = [t(f"intake.csv.need.{name}") for name in NEED_COLUMNS]
    lines = pd.DataFrame(list(needs_lines(needs)), columns=headers, dtype="str")
    return put_reports(folder, {**files, NEEDS: csv_bytes(lines)}, NAMES, intake, t)
