"""The one-page summary in words: what was asked, what the scoring says, and what it does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from workbench.domain.conditions import ONLY_PLANNED
from workbench.domain.session import Session
from workbench.engine.allocation.program import patience_for, steps_in
from workbench.present.i18n import Translator
from workbench.present.places import village_totals
from workbench.present.reasons import NAMES_LOSS, short_reason
from workbench.present.rules import rules_in_short
from workbench.present.score_words import room_note
from workbench.prioritisation import Outcome, Standing
from workbench.prioritisation.funding import AT_LINE
from workbench.prioritisation.outcome import NOT_FUNDED, NOT_RANKABLE

MOST_CRITERIA = 2
"""Criteria that the summary names as those which held proposals back."""


def summary_sentences(outcome: Outcome, session: Session, t: Translator) -> tuple[str, ...]:
    """Return the summary, one plain sentence after the other; the last says what an outcome is.

    Parameters
    ----------
    outcome, session
        The computed outcome and the session it came from.
    t : Translator
    """
    return (
        *_money(outcome, t),
        *_reasons(outcome, t),
        *_villages(outcome, session, t),
        *_women(outcome, session, t),
        *_poor(outcome, session, t),
        *_apart(outcome, t),
        rules_in_short(outcome.rules, t),
        *_unenforced(outcome, session, t),
        t("word.caveat"),
    )


def _money(outcome: Outcome, t: Translator) -> Iterator[str]:
    ranked = int(outcome.table["rank"].notna().sum())
    counted = "summary.all_ranked" if 0 < ranked == len(outcome.table) else "summary.proposals"
    yield t(counted, proposals=len(outcome.table), ranked=ranked)
    if outcome.shows_no_score:
        yield room_note(outcome, t)
    if outcome.allocation is None:
        yield t("summary.no_ceiling")
        return
    if outcome.earmarked:
        yield t("summary.earmarked", ceiling=outcome.ceiling, earmarked=outcome.earmarked)
    if outcome.room is not None and outcome.room < 0:
        yield t("summary.earmarked_above", above=-outcome.room)
    funded = len(outcome.standing(Standing.FUNDED))
    if funded:
        money = {"spent": outcome.spent, "room": outcome.room, "left": outcome.left}
        yield t("summary.funded", funded=funded, **money)
    else:
        yield t("summary.nothing_funded")
    if outcome.allocation.line_after_rank is not None and len(outcome.standing(*NOT_FUNDED)):
        cut_off = "line" if outcome.rules.budget_rule in AT_LINE else "last_funded"
        yield t(f"summary.{cut_off}", rank=outcome.allocation.line_after_rank)
    yield from _proof(outcome, t)


def _proof(outcome: Outcome, t: Translator) -> Iterator[str]:
    """Say what is known about an exact plan, and what each participant's share was."""
    if outcome.proof is not None:
        proof = outcome.proof
        known = "proven" if proof.proven else "unproven"
        total = outcome.total_shown(outcome.standing(Standing.FUNDED).index, proof.total_score)
        known = known if total is not None else f"{known}_untold"
        yield t(f"summary.{known}", total=total, steps=steps_in(proof.seconds), gap=proof.gap)
        if proof.interrupted:
            yield t("plan.interrupted", seconds=patience_for(proof.seconds))
        if proof.proven and not proof.tie_order_applied:
            yield t("summary.tie_order_open")
    if outcome.shared is not None:
        shared = outcome.shared
        facts = {"share": int(shared.share), "first": int(shared.first_share)}
        yield t("summary.shared", participants=shared.participants, **facts)


def _unenforced(outcome: Outcome, session: Session, t: Translator) -> Iterator[str]:
    stated = session.conditions.of_year(session.facts.plan_year).named(*ONLY_PLANNED)
    for kind in outcome.unenforced:
        yield t(f"unenforced.{kind}", names=stated)


def _reasons(outcome: Outcome, t: Translator) -> Iterator[str]:
    """Name the reasons that hold most proposals back, the largest first."""
    parts = []
    for standing, count in Counter(outcome.standing(*NOT_FUNDED)["standing"]).most_common():
        label = outcome.standing(Standing(standing)).index[0]
        word = short_reason(outcome.reasons[label], t).lower()
        parts.append(t("summary.reason_part", count=count, reason=word))
    if parts:
        yield t("summary.reasons", parts=parts)
    losses = Counter(
        str(reason.facts["largest_loss"])
        for reason in outcome.reasons.values()
        if reason.code in NAMES_LOSS and "largest_loss" in reason.facts
    )
    if losses:
        most = sorted(losses, key=lambda name: (-losses[name], name))[:MOST_CRITERIA]
        yield t("summary.largest_losses", criteria=most)
    tied = len(outcome.standing(Standing.TIED_AT_LINE))
    if tied:
        yield t("summary.tied", count=tied)
    at_quota = len(outcome.standing(Standing.TIED_AT_QUOTA))
    if at_quota:
        yield t("summary.tied_quota", count=at_quota)


def _villages(outcome: Outcome, session: Session, t: Translator) -> Iterator[str]:
    if outcome.allocation is None:
        return
    totals = village_totals(outcome, session, t)
    without = totals[(totals["proposals"] > 0) & (totals["funded"] == 0)]["name"].tolist()
    if without:
        yield t("summary.villages_none", count=len(without), villages=without)
    elif len(outcome.table):
        yield t("summary.villages_all")


def _women(outcome: Outcome, session: Session, t: Translator) -> Iterator[str]:
    """Compare the share of women's proposals among those proposed and those accommodated.

    Proposals that do not say count in neither number, and their count is told.
    """
    known = session.proposals.frame.loc[outcome.table.index, "womens_proposal"]
    unknown = int(known.isna().sum())
    told = known.dropna().astype(bool)
    if told.empty:
        return
    facts = {"proposed": int(told.sum()), "of_proposed": len(told), "proposed_share": float(told.mean())}
    funded = told[told.index.isin(outcome.standing(Standing.FUNDED).index)]
    if len(funded):
        found = {"funded": int(funded.sum()), "of_funded": len(funded), "funded_share": float(funded.mean())}
        yield t("summary.women", **facts, **found)
    else:
        yield t("summary.women_proposed", **facts)
    if unknown:
        yield t("summary.women_unknown", count=unknown)


def _poor(outcome: Outcome, session: Session, t: Translator) -> Iterator[str]:
    households = session.proposals.frame.loc[outcome.table.index, "poor_households"]
    proposed = int(households.dropna().sum())
    if not proposed:
        return
    if outcome.allocation is None:
        yield t("summary.poor_proposed", proposed=proposed)
        return
    funded = _sum(households, outcome.standing(Standing.FUNDED).index)
    yield t("summary.poor", funded=funded, proposed=proposed, share=funded / proposed)


def _sum(values: pd.Series, labels: pd.Index) -> int:
    return int(values.loc[labels].dropna().sum())


def _apart(outcome: Outcome, t: Translator) -> Iterator[str]:
    for name, standings in (("unpriced", (Standing.UNPRICED,)), ("not_rankable", NOT_RANKABLE)):
        count = len(outcome.standing(*standings))
        if count:
            yield t(f"summary.{name}", count=count)
