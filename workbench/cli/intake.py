"""``workbench import``: a list made elsewhere becomes a session folder, with a report of what happened."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click

from workbench.cli.exits import Exit, emit_json, problem_record, refusals
from workbench.cli.form_taken import take_form
from workbench.cli.survey import SurveyOptions, import_survey, write_reports
from workbench.domain.intake import Intake, ListKind
from workbench.domain.local_terms import suggested_words
from workbench.domain.regions import Regions
from workbench.domain.rules import Rules
from workbench.present.i18n import Translator
from workbench.present.intake_page import summary
from workbench.present.problems import problem_place, problem_sentence
from workbench.publishing.import_log import REPORTS, Reports
from workbench.publishing.intake_files import write_intake_files
from workbench.store.hint_decisions import hints_of
from workbench.store.intake.assisted import NEEDED, layout_told
from workbench.store.intake.companions import Companions, with_companions
from workbench.store.intake.conversions import MONEY_UNITS
from workbench.store.intake.filled_forms import is_session
from workbench.store.intake.form_tables import add_form_tables
from workbench.store.intake.layouts import layout_text, read_layout
from workbench.store.intake.reading import Answers, read_list
from workbench.store.intake.saved_layout import layout_of
from workbench.store.intake.to_session import add_budget, session_of
from workbench.store.project_files import located
from workbench.store.regions import shipped_regions
from workbench.store.session_writing import write_session
from workbench.store.source import open_source

PATH = click.Path(path_type=Path)


def import_command(t: Translator) -> click.Command:
    """Return ``workbench import``."""

    @click.command("import", help=t("cli.import"))
    @click.argument("source", metavar="BERKAS", type=PATH)
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.option("--mapping", type=PATH, help=t("cli.option.import_mapping"))
    @click.option(
        "--satuan-uang", "--unit", "unit", type=click.Choice(list(MONEY_UNITS)), help=t("cli.option.unit")
    )
    @click.option("--wilayah", "--region", "region", default="", help=t("cli.option.inside"))
    @click.option("--lembar", "--sheet", "sheet", default="", help=t("cli.option.one_sheet"))
    @click.option("--pakai", "--keep", "keep", multiple=True, help=t("cli.option.keep"))
    @click.option("--lalu", "--earlier", "earlier", multiple=True, type=PATH, help=t("cli.option.earlier"))
    @click.option("--pokir", "council", multiple=True, type=PATH, help=t("cli.option.council"))
    @click.option("--renja", "plans", multiple=True, type=PATH, help=t("cli.option.plans"))
    @click.option(
        "--kamus", "--catalogue", "catalogue", multiple=True, type=PATH, help=t("cli.option.catalogue")
    )
    @click.option("--sebagai", "--as", "told", multiple=True, help=t("cli.option.told"))
    @click.option(
        "--jenis",
        "--kind",
        "kind",
        type=click.Choice([kind.value for kind in NEEDED]),
        default=ListKind.PROPOSALS.value,
        help=t("cli.option.told_kind"),
    )
    @click.option("--form", type=PATH, help=t("cli.option.survey_form"))
    @click.option("--usulan", "--proposals", "proposals", default="", help=t("cli.option.survey_proposals"))
    @click.option("--kolom", "--column", "columns", multiple=True, help=t("cli.option.survey_column"))
    @click.option("--tempat", "--place", "places", multiple=True, help=t("cli.option.survey_place"))
    @click.option("--save-mapping", "saved", type=PATH, help=t("cli.option.save_mapping"))
    @click.option("--operator", default="", help=t("cli.option.form_operator"))
    @click.option("--force", is_flag=True, help=t("cli.option.replace"))
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(  # noqa: PLR0913, PLR0917 - the options of the command
        source: Path,
        folder: Path,
        mapping: Path | None,
        unit: str | None,
        region: str,
        sheet: str,
        keep: tuple[str, ...],
        earlier: tuple[Path, ...],
        council: tuple[Path, ...],
        plans: tuple[Path, ...],
        catalogue: tuple[Path, ...],
        told: tuple[str, ...],
        kind: str,
        form: Path | None,
        proposals: str,
        columns: tuple[str, ...],
        places: tuple[str, ...],
        saved: Path | None,
        operator: str,
        force: bool,
        as_json: bool,
    ) -> None:
        if form is not None:
            options = SurveyOptions(form, places, proposals, columns, region, keep)
            _survey(source, folder, options, t, force=force, as_json=as_json)
        if proposals or columns or places:
            raise click.UsageError(t("cli.survey.form_needed"))
        if mapping is not None and mapping.suffix.lower() != ".toml":
            _by_recipe(source, folder, located(mapping), t, force=force)
            return
        if mapping is None and is_session(folder):
            take_form(located(source), folder, t, operator=operator, as_json=as_json, force=force)
        with refusals(t, as_json=as_json):
            layout = read_layout(located(mapping)) if mapping else None
            if told:
                layout = layout_told(located(source), told, ListKind(kind), sheet)
            answers = Answers(layout, unit or "", region, sheet, keep)
            regions = shipped_regions()
            intake = read_list(located(source), answers, regions)
            others = Companions(
                tuple(map(located, earlier)),
                tuple(map(located, council)),
                tuple(map(located, plans)),
                tuple(map(located, catalogue)),
            )
            intake = with_companions(intake, others)
            if saved is not None:
                saved.write_text(layout_text(layout_of(intake, answers, saved.stem)), encoding="utf-8")
            done = _written(located(source), intake, regions, folder, t, force=force)
            reports = write_intake_files(folder / REPORTS, intake, t)
        _say(intake, reports, done, t, as_json=as_json)
        sys.exit(_exit_code(intake))

    return command


def _survey(
    source: Path, folder: Path, options: SurveyOptions, t: Translator, *, force: bool, as_json: bool
) -> NoReturn:
    """Import a household survey with its form, and exit."""
    if options.proposals:
        _refuse_to_replace(folder, t, force=force)
    with refusals(t, as_json=as_json):
        done = import_survey(source, folder, options, t)
        reports = write_reports(folder / REPORTS, done, t)
    _say(done.intake, reports, done.said, t, as_json=as_json)
    sys.exit(_exit_code(done.intake))


def _by_recipe(source: Path, folder: Path, mapping: Path, t: Translator, *, force: bool) -> None:
    """Import by a mapping folder: strict, for lists that are known well."""
    _refuse_to_replace(folder, t, force=force)
    with refusals(t, as_json=False):
        opened = open_source(located(source), mapping)
        write_session(folder, opened.session, opened.rules)
    facts = {
        "proposals": len(opened.session.proposals),
        "districts": len(opened.session.proposals.districts),
        "folder": folder,
    }
    click.echo(t("cli.imported", **facts))


def _refuse_to_replace(folder: Path, t: Translator, *, force: bool) -> None:
    """Exit before a session is written over; reports of an earlier import may be."""
    held = folder.is_dir() and any(path.name != REPORTS for path in folder.iterdir())
    if held and not force:
        click.echo(t("cli.folder_not_empty", path=folder), err=True)
        sys.exit(Exit.REFUSED)


def _written(
    source: Path, intake: Intake, regions: Regions, folder: Path, t: Translator, *, force: bool
) -> str:
    """Write what the list gives; return the sentence that says so, empty where a question is open."""
    if intake.questions:
        return ""
    if intake.kind is ListKind.PROPOSALS:
        _refuse_to_replace(folder, t, force=force)
        session = session_of(intake, regions)
        write_session(folder, session, Rules())
        tables = add_form_tables(source, folder)
        facts = {"proposals": len(session.proposals), "districts": len(session.proposals.districts)}
        said = [t("cli.imported", folder=folder, **facts)]
        said += [t("cli.import.tables", tables=tables)] if tables else []
        hints = sum(1 for hint in hints_of(session) if hint.said is None)
        said += [t("cli.import.hints", count=hints, folder=folder)] if hints else []
        usual = list(suggested_words(session.facts.region).values())
        said += [t("cli.import.words", words=usual, folder=folder)] if usual else []
        return " ".join([*said, t("cli.import.next", folder=folder)])
    if intake.kind is ListKind.BUDGET:
        count = add_budget(folder, [intake], replace_old=force)
        return t("cli.import.budget", count=count, folder=folder)
    return t("cli.import.companion", kind=t(f"intake.kind.{intake.kind.value}"))


def _say(intake: Intake, reports: Reports, done: str, t: Translator, *, as_json: bool) -> None:
    if as_json:
        emit_json(intake_record(intake, reports, t))
        return
    click.secho(t("intake.title", file=intake.file), bold=True)
    for sentence in summary(intake, t):
        click.echo(f"- {sentence}")
    for problem in intake.questions:
        click.echo(f"? {problem_place(problem, t)}: {problem_sentence(problem, t)}", err=True)
    for problem in intake.aside[:10]:
        click.echo(f"- {problem_place(problem, t)}: {problem_sentence(problem, t)}", err=True)
    if len(intake.aside) > 10:
        click.echo(t("cli.import.more", count=len(intake.aside) - 10), err=True)
    if done:
        click.echo(done)
    click.echo(t("cli.import.report", files=[str(path) for path in reports.files]))
    if reports.earlier is not None:
        click.echo(t("cli.import.earlier", folder=reports.earlier))


def intake_record(intake: Intake, reports: Reports, t: Translator) -> dict[str, object]:
    """Return an import as a JSON object."""
    places = {name: getattr(intake.places, name) for name in intake.places.__dataclass_fields__}
    return {
        "file": intake.file,
        "kind": intake.kind.value,
        "layout": intake.layout,
        "rows_read": intake.rows_read,
        "rows_used": len(intake.table),
        "rows_set_aside": len(intake.aside),
        "columns": [{"header": use.header, "field": use.field, "how": use.how} for use in intake.columns],
        "totals": [
            {"sheet": check.sheet, "row": check.row, "column": check.column, "label": check.label,
             "written": check.written, "computed": check.computed, "agrees": check.agrees}
            for check in intake.totals
        ],
        "places": {**places, "rate": intake.places.rate},
        "likenesses": [
            {"first": pair.first, "second": pair.second, "reason": pair.reason, "share": pair.share,
             "other_list": pair.other_list}
            for pair in intake.likenesses
        ],
        "questions": [problem_record(problem, t) for problem in intake.questions],
        "set_aside": [problem_record(problem, t) for problem in intake.aside],
        "left_out": [problem_record(problem, t) for problem in intake.private],
        "problems": [problem_record(problem, t) for problem in intake.problems],
        "files": [str(path) for path in reports.files],
        "earlier_reports": str(reports.earlier or ""),
    }  # fmt: skip


def _exit_code(intake: Intake) -> Exit:
    if intake.questions:
        return Exit.REFUSED
    return Exit.FAILED if intake.aside else Exit.DONE
