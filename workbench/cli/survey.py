"""``workbench import --form``: a household survey counted, as columns of proposals or as proposals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.domain.intake import Intake
from workbench.domain.rules import Rules
from workbench.errors import InvalidInput, Problem
from workbench.present.i18n import Translator
from workbench.publishing.import_log import Reports
from workbench.publishing.intake_files import NEEDS
from workbench.publishing.survey_files import write_survey_files
from workbench.store.intake.to_session import session_of
from workbench.store.project_files import located
from workbench.store.session_folder import open_session
from workbench.store.session_writing import write_session
from workbench.store.survey.counted import NeedsAnswered, answered_needs
from workbench.store.survey.reading import Survey, SurveyAsked, read_survey
from workbench.store.survey.to_session import need_column, proposals_of, with_need_columns

PARTS = {"kode": "code", "kecamatan": "district", "desa": "village", "dusun": "hamlet"}
"""Parts of a place as a person calls them, in ``--tempat desa=q3``."""


@dataclass(frozen=True)
class SurveyOptions:
    """What the options of the command say about a survey.

    Attributes
    ----------
    form : Path
    places : tuple of str
        ``desa=q3``.
    proposals : str
        The question whose answers are proposals; empty: none.
    columns : tuple of str
        ``air_bersih=kebutuhan/air_bersih``.
    region : str
    keep : tuple of str
    """

    form: Path
    places: tuple[str, ...] = ()
    proposals: str = ""
    columns: tuple[str, ...] = ()
    region: str = ""
    keep: tuple[str, ...] = ()


@dataclass(frozen=True)
class SurveyImport:
    """A survey that was imported: what was understood, what was counted, and the sentence that says so."""

    survey: Survey
    intake: Intake
    needs: tuple[NeedsAnswered, ...]
    said: str


def import_survey(source: Path, folder: Path, options: SurveyOptions, t: Translator) -> SurveyImport:
    """Read a survey and put it into a folder as the options say.

    Raises
    ------
    InvalidInput
    """
    asked = SurveyAsked(options.region, _places(options.places), options.keep)
    survey = read_survey(located(source), located(options.form), asked)
    needs = answered_needs(survey)
    if options.proposals:
        intake = proposals_of(survey, survey.question(options.proposals, options.form.name))
        session = session_of(intake)
        write_session(folder, session, Rules())
        facts = {"proposals": len(session.proposals), "districts": len(session.proposals.districts)}
        said = t("cli.imported", folder=folder, **facts) + " " + t("cli.import.next", folder=folder)
        return SurveyImport(survey, intake, needs, said)
    if options.columns:
        intake = _with_columns(survey, folder, options)
        names = [told.partition("=")[0].strip() for told in options.columns]
        return SurveyImport(survey, intake, needs, t("cli.survey.columns", columns=names, folder=folder))
    return SurveyImport(survey, survey.intake, needs, t("cli.survey.counted", file=NEEDS))


def _with_columns(survey: Survey, folder: Path, options: SurveyOptions) -> Intake:
    columns = [need_column(survey, told, options.form.name) for told in options.columns]
    opened = open_session(folder)
    session, problems = with_need_columns(opened.session, survey, columns)
    write_session(folder, session, opened.rules, opened.resolution)
    return replace(survey.intake, problems=(*survey.intake.problems, *problems))


def _places(told: Sequence[str]) -> dict[str, str]:
    """Read ``desa=q3``.

    Raises
    ------
    InvalidInput
        ``survey_place_unreadable``.
    """
    pairs = [text.partition("=") for text in told]
    wrong = [text for text, (part, _, name) in zip(told, pairs, strict=True) if part not in PARTS or not name]
    if wrong:
        facts = {"known": tuple(PARTS)}
        raise InvalidInput([Problem("survey_place_unreadable", value=text, facts=facts) for text in wrong])
    return {PARTS[part]: name.strip() for part, _, name in pairs}


def write_reports(folder: Path, done: SurveyImport, t: Translator) -> Reports:
    """Write the report of a survey into a folder; return what was written."""
    return write_survey_files(folder, done.survey, done.intake, done.needs, t)
