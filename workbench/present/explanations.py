"""Why a proposal stands where it does and what would move it, in sentences made of facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from workbench.domain.session import Session
from workbench.present.doubt_words import of_hundred, proposal_name, proposal_names
from workbench.present.i18n import Translator
from workbench.present.reasons import reason_sentence
from workbench.prioritisation import Outcome
from workbench.robustness import Robustness


def proposal_sentences(
    proposal: str, found: Robustness, outcome: Outcome, session: Session, t: Translator
) -> tuple[str, ...]:
    """Explain one proposal: reason, ties, distance to the next, how sure its place is, what would move it.

    Parameters
    ----------
    proposal : str
        Its label.
    found : Robustness
    outcome, session
    t : Translator
    """
    sentences = [reason_sentence(outcome.reasons[proposal], t)]
    if found.moves is None or proposal not in found.moves.table.index:
        return tuple(sentences)
    line: Any = found.moves.table.loc[proposal]
    if line["above"]:
        above = proposal_name(line["above"], session)
        untold = (
            "doubt.gap_untold" if outcome.withheld.intersection((proposal, line["above"])) else "doubt.gap"
        )
        sentences.append(t(untold, gap=float(line["gap"]), proposal=above))
    sentences += _places(proposal, found, session, t)
    return (*sentences, *_joined(move_sentence(proposal, found, outcome, session, t)))


def move_sentence(proposal: str, found: Robustness, outcome: Outcome, session: Session, t: Translator) -> str:
    """Return the smallest change of one value that would let a proposal in, or out.

    Empty where no place changes anything, and where the score of either side is withheld: it would be told.
    """
    if found.moves is None or proposal not in found.moves.table.index:
        return ""
    line: Any = found.moves.table.loc[proposal]
    if not line["border"] or outcome.withheld.intersection((proposal, line["border"])):
        return ""
    standing = "inside" if outcome.table["standing"][proposal] == "funded" else "outside"
    if not line["criterion"]:
        return t(f"doubt.move.{standing}.never")
    way = "up" if line["at"] >= line["now"] else "down"
    return t(
        f"doubt.move.{standing}.{way}",
        criterion=str(session.criteria.frame["name"][line["criterion"]]),
        now=float(line["now"]),
        at=float(line["at"]),
    )


def _places(proposal: str, found: Robustness, session: Session, t: Translator) -> Iterator[str]:
    if found.joint is not None:
        place: Any = found.joint.places.loc[proposal]
        key = "doubt.place" if place["best"] == place["worst"] else "doubt.places"
        yield t(key, best=int(place["best"]), worst=int(place["worst"]))
        if found.joint.funded is not None and pd.notna(found.joint.funded[proposal]):
            yield t("doubt.funded_in_hundred", count=of_hundred(float(found.joint.funded[proposal])))
    source = found.people or found.rounding
    if source is not None and (group := source.group_of(proposal)):
        others = tuple(label for label in group if label != proposal)
        yield t("doubt.tied_with", names=proposal_names(others, session, t))


def _joined(sentence: str) -> tuple[str, ...]:
    return (sentence,) if sentence else ()
