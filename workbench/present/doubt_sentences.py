"""How sure the order is, in sentences: recalculations, ties, intervals of weights, smallest changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from workbench.domain.session import Session
from workbench.present.doubt_words import of_hundred, proposal_name, proposal_names, seeds_text
from workbench.present.i18n import Translator
from workbench.prioritisation import Outcome
from workbench.robustness import Robustness
from workbench.robustness.certificates import CeilingFlip
from workbench.robustness.draws import MOVE
from workbench.robustness.recalculated import Recalculation
from workbench.robustness.stability import Stability

SAFE = 0.9
"""A place under the ceiling that holds in nine of ten recalculations is called sure."""
MOST_GROUPS = 2
"""Groups of ties that are told; the picture shows all that it has room for."""


def doubt_sentences(found: Robustness, outcome: Outcome, session: Session, t: Translator) -> tuple[str, ...]:
    """Return what can be said of the order as a whole.

    Parameters
    ----------
    found : Robustness
        Of the outcome.
    outcome, session
    t : Translator
    """
    if not found.repeated:
        return (t("doubt.not_repeated"),)
    if not outcome.table["rank"].notna().any():
        return (t("doubt.nothing_ranked"),)
    return (
        *_drawn(found, outcome, session, t),
        *_ties(found, outcome, session, t),
        *_checks(found, t),
        *_apart(found, t),
    )


def _drawn(found: Robustness, outcome: Outcome, session: Session, t: Translator) -> Iterator[str]:
    joint = found.joint
    if joint is None:
        yield t("doubt.nothing_drawn")
        return
    things = [t(f"doubt.drawn.{name}", move=MOVE, people=joint.people) for name in joint.seeds]
    yield t("doubt.drawn", draws=joint.draws, things=things, seeds=seeds_text(joint, t))
    if found.people is None:
        yield t("doubt.too_few_people", minimum=outcome.rules.minimum_group)
    first = str(joint.ranks.index[0])
    count = of_hundred(float(joint.band(1, 1)[first]))
    yield t("doubt.first_in_hundred", proposal=proposal_name(first, session), count=count)
    if joint.funded is not None:
        yield from _funded(joint.funded, outcome, t)
        yield from _run_again(joint, t)


def _funded(shares: pd.Series, outcome: Outcome, t: Translator) -> Iterator[str]:
    standing = outcome.table["standing"].reindex(shares.index)
    inside = shares[standing == "funded"]
    outside = shares[standing != "funded"]
    if len(inside):
        yield t("doubt.safe", safe=int((inside >= SAFE).sum()), funded=len(inside))
    near = int((outside >= 0.5).sum())
    if near:
        yield t("doubt.near", count=near)


def _run_again(joint: Recalculation, t: Translator) -> Iterator[str]:
    if joint.funding.draws < joint.draws:
        yield t("doubt.money_draws", draws=joint.funding.draws)
    if joint.funding.without_plan:
        yield t("doubt.money_without_plan", count=joint.funding.without_plan)


def _ties(found: Robustness, outcome: Outcome, session: Session, t: Translator) -> Iterator[str]:
    source = found.people or found.rounding
    if source is None:
        return
    yield from group_sentences(source.groups[:MOST_GROUPS], outcome, session, t)
    if len(source.groups) > MOST_GROUPS:
        yield t("doubt.more_groups", count=len(source.groups) - MOST_GROUPS)
    if not source.groups:
        yield t("doubt.no_groups")


def group_sentences(
    groups: tuple[tuple[str, ...], ...], outcome: Outcome, session: Session, t: Translator
) -> Iterator[str]:
    """Say which proposals cannot be told apart."""
    for group in groups:
        ranks = outcome.table["rank"].loc[list(group)].astype("int64")
        names = proposal_names(group, session, t)
        yield t("doubt.group", first=int(ranks.min()), last=int(ranks.max()), names=names)


def _checks(found: Robustness, t: Translator) -> Iterator[str]:
    if found.removal is not None:
        key = "doubt.removal_stable" if found.removal.stable else "doubt.removal_unstable"
        yield t(key, count=len(found.removal.copies))


def _apart(found: Robustness, t: Translator) -> Iterator[str]:
    count = sum(len(labels) for labels in found.apart.values())
    if count:
        yield t("doubt.apart", count=count)


def stability_sentences(found: Stability, session: Session, t: Translator) -> tuple[str, ...]:
    """Say how far the nearest weight may move before the first rank, and before the funded list changes."""
    sentences = []
    for target in ("first", "funded"):
        line = found.certificate(target)
        if line is not None:
            sentences.append(flip_sentence(line, session, t))
        elif target == "first" or found.funds:
            sentences.append(t(f"doubt.weight.{target}.never"))
    return tuple(sentences)


def moved_weight_sentences(
    found: Stability, criterion: str, session: Session, t: Translator
) -> tuple[str, ...]:
    """Say how far one weight may move; without a criterion, the nearest changes of any weight.

    Parameters
    ----------
    found : Stability
    criterion : str
        The weight that was moved last; empty, or a criterion without weight, for none.
    session : Session
    t : Translator
    """
    if criterion not in found.intervals.index:
        return stability_sentences(found, session, t)
    line: Any = found.intervals.loc[criterion]
    name = str(session.criteria.frame["name"][criterion])
    ends = ["first_lower", "first_upper", *(("funded_lower", "funded_upper") if found.funds else ())]
    if line[ends].isna().any():
        return (t("doubt.weight.here_untold", criterion=name),)
    facts = {
        "criterion": name,
        "first_lower": float(line["first_lower"]),
        "first_upper": float(line["first_upper"]),
    }
    if not found.funds:
        return (t("doubt.weight.here_first", **facts),)
    lower, upper = float(line["funded_lower"]), float(line["funded_upper"])
    return (t("doubt.weight.here", lower=lower, upper=upper, **facts),)


def flip_sentence(line: pd.Series, session: Session, t: Translator) -> str:
    """Return the sentence of one change of one weight."""
    way = "down" if line["change"] < 0 or line["beyond"] < line["weight"] else "up"
    way = "untold" if pd.isna(line["at"]) else way
    said = t(
        f"doubt.weight.{line['target']}.{way}",
        criterion=str(session.criteria.frame["name"][line["criterion"]]),
        at=float(line["at"]),
        weight=float(line["weight"]),
    )
    if line["target"] == "first":
        return f"{said} {t('doubt.next_first', names=proposal_names(line['enters'], session, t))}"
    return " ".join([said, *_who(line["leaves"], line["enters"], session, t)])


def certificate_sentences(found: Robustness, session: Session, t: Translator) -> tuple[str, ...]:
    """Say the smallest change of one value and of the ceiling that changes the funded list."""
    known = found.certificates
    if known is None:
        return ()
    sentences = []
    if known.value is None:
        sentences.append(t("doubt.value.never"))
    else:
        flip = known.value
        facts = {
            "proposal": proposal_name(flip.proposal, session),
            "criterion": str(session.criteria.frame["name"][flip.criterion]),
            "now": flip.now,
            "at": flip.at,
        }
        way = "up" if flip.at >= flip.now else "down"
        sentences.append(
            " ".join([t(f"doubt.value.{way}", **facts), *_who(flip.leaves, flip.enters, session, t)])
        )
    if known.untold:
        sentences.append(t("doubt.value.untold", count=known.untold))
    for way, change in (("more", known.more), ("less", known.less)):
        sentences.append(_ceiling(way, change, session, t))
    return tuple(sentences)


def _ceiling(way: str, change: CeilingFlip | None, session: Session, t: Translator) -> str:
    if change is None:
        return t(f"doubt.ceiling.{way}.never")
    said = t(f"doubt.ceiling.{way}", amount=abs(change.change))
    return " ".join([said, *_who(change.leaves, change.enters, session, t)])


def _who(leaves: tuple[str, ...], enters: tuple[str, ...], session: Session, t: Translator) -> Iterator[str]:
    if enters:
        yield t("doubt.enters", names=proposal_names(enters, session, t))
    if leaves:
        yield t("doubt.leaves", names=proposal_names(leaves, session, t))
