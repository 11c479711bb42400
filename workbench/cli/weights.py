"""``workbench weights``: the weights by every method side by side, and the deck of a split questionnaire."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
import pandas as pd

from workbench.cli.exits import Exit, emit_json, problem_record, refusals
from workbench.domain.hierarchy import GOAL
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.errors import InvalidInput, InvalidValue, WorkbenchError
from workbench.present.i18n import Translator, worded
from workbench.present.problems import error_sentence, problem_sentence
from workbench.present.table import Table
from workbench.present.weight_records import group_record
from workbench.present.weight_tables import hierarchy_table, methods_table, ways_table
from workbench.present.weights import sibling_sentences, weights_sentences
from workbench.prioritisation.criterion_weights import CriterionWeights
from workbench.prioritisation.questions import deal_questions
from workbench.prioritisation.weighting import EveryMethod, weigh_by_every_method
from workbench.store.deck_file import deck_bytes
from workbench.store.project_files import located
from workbench.store.session_folder import open_session

PATH = click.Path(path_type=Path)
SHOW = "show"
SPEAKING = ("combined", "geometric_mean", "best_worst", "rank_order")
"""Whose answers are spoken about where the rules themselves ask nobody, richest first."""


class WeightsGroup(click.Group):
    """A group that shows the weights of a folder when no command is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``show`` before the arguments unless a command or help is asked for."""
        named = bool(args) and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named or not args else [SHOW, *args])


def weights_command(t: Translator) -> click.Command:
    """Return ``workbench weights FOLDER`` and ``workbench weights deck FOLDER``."""

    @click.group(
        "weights",
        cls=WeightsGroup,
        help=t("cli.weights"),
        subcommand_metavar=t("cli.metavar.weights"),
        no_args_is_help=True,
    )
    def group() -> None:
        pass

    for make in (_show, _deck):
        command = make(t)
        command.options_metavar = t("cli.metavar.options")
        group.add_command(command)
    return group


def _show(t: Translator) -> click.Command:
    @click.command(SHOW, help=t("cli.weights.show"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(folder: Path, as_json: bool) -> None:
        with refusals(t, as_json=as_json):
            opened = open_session(located(folder))
        session, rules = opened.session, opened.rules
        said = worded(t, session.facts)
        every = weigh_by_every_method(session, rules)
        if as_json:
            emit_json(_document(every, session, rules, said))
        else:
            _say(every, session, rules, said)
        sys.exit(Exit.REFUSED if rules.weighting in every.refused else Exit.DONE)

    return command


def _spoken(every: EveryMethod, rules: Rules) -> CriterionWeights | None:
    """Return the weights whose answers are spoken about: the rules' own, else the richest there are."""
    own = every.found.get(rules.weighting)
    if own is not None and own.turnout.answered:
        return own
    answered = [every.found[method] for method in SPEAKING if method in every.found]
    return next((weights for weights in answered if weights.method != "combined" or _mixed(weights)), None)


def _mixed(weights: CriterionWeights) -> bool:
    """Tell whether people answered in more than one way about the same criteria."""
    return any(group.ways is not None and len(group.ways) > 1 for group in weights.groups)


def _say(every: EveryMethod, session: Session, rules: Rules, t: Translator) -> None:
    names = {method: t(f"weighting_name.{method}") for method in (*every.found, *every.refused)}
    if every.found:
        shares = {method: found.values for method, found in every.found.items()}  # noqa: PD011 - a value of ours
        _say_table(methods_table(shares, session, t), names=names)
    click.echo(t("cli.weights.in_use", method=names[rules.weighting]))
    for method, error in every.refused.items():
        click.echo(t("cli.weights.refused", method=names[method], reason=_reason(error, t)))
    if "column_mean" in every.found:
        click.echo(t("cli.weights.column_mean"))
    spoken = _spoken(every, rules)
    if spoken is not None:
        _say_answers(spoken, session, rules, t)


def _reason(error: WorkbenchError, t: Translator) -> str:
    if isinstance(error, InvalidInput):
        return " ".join(problem_sentence(problem, t) for problem in error.problems)
    return error_sentence(error, t)


def _say_answers(weights: CriterionWeights, session: Session, rules: Rules, t: Translator) -> None:
    click.echo()
    click.secho(t("cli.weights.answers", method=t(f"weighting_name.{weights.method}")), bold=True)
    for sentence in weights_sentences(weights, t):
        click.echo(f"- {sentence}")
    for group in weights.groups:
        said = sibling_sentences(group, session, rules.minimum_group, t)
        if said and len(weights.groups) > 1:
            name = str(session.criteria.members["name"].get(group.parent, ""))
            click.echo(t("weights.of_top") if group.parent == GOAL else t("weights.of_group", group=name))
        for sentence in said:
            click.echo(f"- {sentence}")
        if group.ways is not None:
            _say_table(ways_table(group, session, rules.minimum_group, t))
    if len(session.criteria.groups):
        _say_table(hierarchy_table(weights, session, t))


def _say_table(table: Table, names: dict[str, str] | None = None) -> None:
    """Print a table with aligned columns."""
    labels = [(names or {}).get(column.key, column.label) for column in table.columns]
    widths = [max(map(len, cells)) for cells in zip(labels, *table.rows, strict=True)]
    click.echo()
    click.secho(table.caption, bold=True)
    for row in (labels, *table.rows):
        cells = [
            cell.rjust(width) if column.align == "right" else cell.ljust(width)
            for cell, width, column in zip(row, widths, table.columns, strict=True)
        ]
        click.echo("  " + "  ".join(cells).rstrip())
    if table.note:
        click.echo(table.note)


def _document(every: EveryMethod, session: Session, rules: Rules, t: Translator) -> dict[str, Any]:
    spoken = _spoken(every, rules)
    return {
        "method": rules.weighting,
        "weights": {
            method: {str(label): float(value) for label, value in found.values.items()}  # noqa: PD011
            for method, found in every.found.items()
        },
        "refused": {method: _refusal(error, t) for method, error in every.refused.items()},
        "answers": None if spoken is None else _answers(spoken, session, rules, t),
    }


def _refusal(error: WorkbenchError, t: Translator) -> dict[str, Any]:
    if isinstance(error, InvalidInput):
        return {"code": error.code, "problems": [problem_record(problem, t) for problem in error.problems]}
    return {"code": error.code, "message": error_sentence(error, t)}


def _answers(weights: CriterionWeights, session: Session, rules: Rules, t: Translator) -> dict[str, Any]:
    turnout = weights.turnout
    return {
        "method": weights.method,
        "answered": turnout.answered,
        "blank": turnout.blank,
        "absent": turnout.absent,
        "sentences": list(weights_sentences(weights, t)),
        "groups": [
            group_record(group, rules.minimum_group)
            | {"sentences": list(sibling_sentences(group, session, rules.minimum_group, t))}
            for group in weights.groups
        ],
    }


def _deck(t: Translator) -> click.Command:
    @click.command("deck", help=t("cli.weights.deck"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.option(
        "--questions", "--pertanyaan", "questions", type=click.IntRange(min=1), default=5, show_default=True,
        help=t("cli.option.questions"),
    )  # fmt: skip
    @click.option(
        "--seed", "--benih", "seed", type=click.IntRange(min=0), default=1, show_default=True,
        help=t("cli.option.deck_seed"),
    )  # fmt: skip
    @click.option("--district", "--kecamatan", "district", default="", help=t("cli.option.district"))
    @click.option("--constituency", "--unsur", "constituency", default="", help=t("cli.option.constituency"))
    @click.option("--out", type=PATH, help=t("cli.option.outfile"))
    def command(
        folder: Path, questions: int, seed: int, district: str, constituency: str, out: Path | None
    ) -> None:
        with refusals(t, as_json=False):
            session = open_session(located(folder)).session
            people = _people(session.within(district) if district else session, constituency)
            deck = deal_questions(people, session.criteria, questions, seed)
        names = session.criteria.members["name"]
        if out is None:
            _say_deck(deck, names, t)
        else:
            out.write_bytes(deck_bytes(deck, names))
            click.echo(t("cli.written", path=out))
        asked = deck.groupby(["first", "second"]).size()
        pairs = asked.groupby(lambda pair: tuple(sorted(pair))).sum()
        click.echo(
            t("cli.weights.dealt", people=deck["participant"].nunique(), questions=questions, seed=str(seed),
              pairs=len(pairs), least=int(pairs.min()), most=int(pairs.max()))
        )  # fmt: skip

    return command


def _people(session: Session, constituency: str) -> list[str]:
    """Return the cards that are dealt to: of one constituency, or of everybody who may score."""
    people = session.participants.frame
    if constituency:
        chosen = people["constituency"].str.casefold() == constituency.casefold()
    else:
        chosen = people["voting_right"].fillna(value=True).astype(bool)
    if not chosen.any():
        raise InvalidValue("nobody_to_ask", known=tuple(sorted(set(people["constituency"]) - {""})))
    return [str(label) for label in people.index[chosen]]


def _say_deck(deck: pd.DataFrame, names: pd.Series, t: Translator) -> None:
    for person, lines in deck.groupby("participant", sort=False):
        click.secho(t("cli.weights.card", card=person), bold=True)
        for number, first, second in zip(lines["question"], lines["first"], lines["second"], strict=True):
            click.echo(f"  {number}. {names[first]} ({first}) : {names[second]} ({second})")
