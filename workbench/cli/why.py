"""``why``: what would have funded a proposal, as sentences, slips and a record."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from workbench.budgeting import (
    READINGS,
    WhyNot,
    below_the_line,
    most_on_slips,
    why_not,
)
from workbench.cli.budgeting import RankedList, ranked_lists
from workbench.cli.calculation import PATH
from workbench.cli.exits import emit_json, refusals
from workbench.errors import InvalidInput, Problem
from workbench.present.i18n import Translator, worded
from workbench.present.paper.pdf import pdf_bytes
from workbench.present.price_of_rules_table import (
    rule_said,
)
from workbench.present.reasons import reason_sentence
from workbench.present.why_not_sentences import not_enough_sentences, proposal_name, why_not_sentences
from workbench.present.why_not_slips import (
    LeftOut,
    Slip,
    not_competing_slips,
    slips_page,
    slips_paper,
    why_not_slips,
)
from workbench.store.source import open_source

AMOUNTS = ("amount", "level")
"""What of a remedy is null where it would tell a score that few people gave."""
MOST = 10
"""Proposals below the line that are explained when none is named."""


def why_command(t: Translator) -> click.Command:
    """Return ``workbench why``."""

    @click.command("why", help=t("cli.why"))
    @click.argument("source", metavar="SUMBER", type=PATH)
    @click.argument("proposals", metavar="[USULAN]...", nargs=-1)
    @click.option("--mapping", type=PATH, help=t("cli.option.mapping"))
    @click.option("--district", "--kecamatan", "district", default="", help=t("cli.option.district"))
    @click.option("--rule", "--aturan", "rule", type=click.Choice(tuple(READINGS)), help=t("cli.option.rule"))
    @click.option("--out", type=PATH, help=t("cli.option.slips"))
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(
        source: Path,
        proposals: tuple[str, ...],
        mapping: Path | None,
        district: str,
        rule: str | None,
        out: Path | None,
        as_json: bool,
    ) -> None:
        with refusals(t, as_json=as_json):
            lists = list(ranked_lists(open_source(source, mapping), district))
            _refuse_unknown(proposals, lists)
            answers = [(held, _answers(held, proposals, rule, all_of_them=out is not None)) for held in lists]
            left = [] if proposals else [_left_out(held, found, rule) for held, found in answers]
        if out is not None:
            slips = [slip for held, found in answers for slip in _slips(held, found, proposals, t)]
            with refusals(t, as_json=as_json):
                told = [LeftOut(held.name(t), count) for (held, _), count in zip(answers, left, strict=False)]
                out.write_bytes(_slips_file(out, slips, told, t))
        if as_json:
            said = [
                _why_record(held, found, proposals, worded(t, held.session.facts)) for held, found in answers
            ]
            emit_json({"lists": said})
            return
        for place, (held, found) in enumerate(answers):
            _say_why(held, found, proposals, worded(t, held.session.facts))
            if left and left[place]:
                click.echo(t("budgeting.why.left", count=left[place]))
        if out is not None:
            click.echo(t("cli.written", path=out))

    return command


def _slips(
    held: RankedList, found: Sequence[WhyNot], proposals: Sequence[str], t: Translator
) -> tuple[Slip, ...]:
    said = worded(t, held.session.facts)
    explained = why_not_slips(found, held.outcome, held.session, said)
    others = _not_competing(held, found, proposals)
    return explained + not_competing_slips(others, held.outcome, held.session, said)


def _not_competing(held: RankedList, found: Sequence[WhyNot], proposals: Sequence[str]) -> list[str]:
    """Return the proposals of this list that were asked about and do not compete for its ceiling."""
    if held.outcome.room is None:
        return []
    explained = {answer.proposal for answer in found}
    return [label for label in proposals if label in held.outcome.table.index and label not in explained]


def _slips_file(path: Path, slips: Sequence[Slip], left: Sequence[LeftOut], t: Translator) -> bytes:
    """Return the slips as PDF where the file is to be one, else as a page."""
    if path.suffix.casefold() == ".pdf":
        return pdf_bytes(slips_paper(slips, t, left))
    return slips_page(slips, t, left).encode()


def _refuse_unknown(proposals: Sequence[str], lists: Sequence[RankedList]) -> None:
    known = {str(label) for held in lists for label in held.outcome.table.index}
    unknown = [label for label in proposals if label not in known]
    if unknown:
        raise InvalidInput(Problem("unknown_proposal", column="USULAN", value=label) for label in unknown)


def _answers(
    held: RankedList, proposals: Sequence[str], rule: str | None, *, all_of_them: bool
) -> tuple[WhyNot, ...]:
    """Explain the named proposals that compete here, or the first not funded; nothing without a ceiling.

    On slips as many as their effort allows, on a screen the first `MOST`.
    """
    if held.outcome.room is None:
        return ()
    contest, asked_rule = held.contest(), rule or held.outcome.rules.budget_rule
    if proposals:
        asked = [label for label in proposals if label in contest.ranks.index]
    else:
        asked = list(
            below_the_line(contest, asked_rule, most_on_slips(contest, asked_rule) if all_of_them else MOST)
        )
    return why_not(contest, asked_rule, asked)


def _left_out(held: RankedList, found: Sequence[WhyNot], rule: str | None) -> int:
    """Return how many proposals that are not funded were not explained."""
    if held.outcome.room is None:
        return 0
    contest, asked = held.contest(), rule or held.outcome.rules.budget_rule
    return len(below_the_line(contest, asked, len(contest.ranks))) - len(found)


def _say_why(held: RankedList, found: Sequence[WhyNot], proposals: Sequence[str], t: Translator) -> None:
    here = [label for label in proposals if label in held.outcome.table.index]
    if proposals and not here:
        return
    click.secho(held.name(t), bold=True)
    if held.outcome.room is None:
        click.echo(t("budgeting.why.no_ceiling"))
    elif not found and not proposals:
        click.echo(t("budgeting.why.none_below"))
    for answer in found:
        click.echo()
        click.echo(proposal_name(answer.proposal, held.session, t))
        click.echo(f"  {rule_said(answer.rule, t)}")
        for sentence in _told(held, answer, t):
            click.echo(f"  - {sentence}")
    for label in _not_competing(held, found, proposals):
        click.echo()
        click.echo(proposal_name(label, held.session, t))
        click.echo(f"  {t('budgeting.why.not_competing', code=label)}")
        click.echo(f"  {reason_sentence(held.outcome.reasons[label], t)}")


def _told(held: RankedList, answer: WhyNot, t: Translator) -> tuple[str, ...]:
    return why_not_sentences(answer, held.outcome, held.session, t) + not_enough_sentences(answer, t)


def _why_record(
    held: RankedList, found: Sequence[WhyNot], proposals: Sequence[str], t: Translator
) -> dict[str, Any]:
    explained = {answer.proposal for answer in found}
    return {
        "district": held.region,
        "pool": held.pool,
        "room": held.outcome.room,
        "proposals": {
            answer.proposal: {
                "rule": answer.rule,
                "funded": answer.funded,
                "remedies": [
                    {
                        "kind": remedy.kind.value,
                        "amount": remedy.amount,
                        "level": remedy.level,
                        "withheld": [name for name in AMOUNTS if getattr(remedy, name) is None],
                        "above": remedy.above,
                        "smallest": remedy.smallest,
                        "followed": remedy.followed,
                        "pushes_out": list(remedy.pushes_out),
                    }
                    for remedy in answer.remedies
                ],
                "not_enough": [kind.value for kind in answer.impossible],
                "undecided": [kind.value for kind in answer.undecided],
                "sentences": list(_told(held, answer, t)),
            }
            for answer in found
        },
        "not_competing": {
            label: reason_sentence(held.outcome.reasons[label], t)
            for label in proposals
            if label in held.outcome.table.index and label not in explained
        },
    }
