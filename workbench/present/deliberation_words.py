"""Names and sentences about agreement, the two readings and attendance; no person's answer gets here."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.deliberation import (
    FEWEST_GROUPS,
    UNSTATED,
    WHOLE_ROOM,
    Deliberation,
    Distinction,
    GroupReading,
    Spreads,
    UnitAgreement,
)
from workbench.deliberation.attendance import Attendance
from workbench.domain.session import Session
from workbench.engine.influence import POOLED
from workbench.present.i18n import Translator

CHANCE_LEVEL = 0.05
SMALLEST = 0.001
"""Probabilities below it are not written out."""
LEVELS = ("uniform", "fairly_varied", "varied", "too_few_answers")
"""Words for the spread of one proposal, the closest together first."""
STRENGTHS = ((0.2, "very_weak"), (0.4, "weak"), (0.6, "moderate"), (0.8, "strong"), (1.01, "very_strong"))
"""Words for Kendall's W, each below its number (after Landis and Koch)."""


def group_name(grouping: str, cell: str, session: Session, t: Translator) -> str:
    """Return what people call a group."""
    if cell == POOLED:
        return t("deliberation.pooled")
    if cell == UNSTATED:
        return t("deliberation.unstated")
    if grouping == "sex":
        return t(f"deliberation.sex.{cell}")
    return session.regions.name(cell) if grouping == "village" else cell


def expected_constituencies(t: Translator) -> tuple[str, ...]:
    """Return the constituencies that a forum of its kind should have."""
    return tuple(name.strip() for name in t("deliberation.constituencies").split(";"))


def agreement_sentences(found: Deliberation, t: Translator) -> tuple[str, ...]:
    """Return how far the room agrees: proposals by word, then W of the room and its discussion groups."""
    if found.spreads is None:
        return (t("deliberation.no_cards"),)
    counts, tallied = found.spreads.overall["level"].value_counts(), found.spreads.tallied
    few = int(counts.get("too_few_answers", 0))
    levels = "deliberation.levels.groups" if groups_alone(found) else "deliberation.levels"
    return (
        t(levels, **{level: int(counts.get(level, 0)) for level in LEVELS}),
        *((t(f"{levels}.few", count=few),) if few else ()),
        *((t("deliberation.tallied", count=len(tallied)),) if tallied else ()),
        *grouped_sentences(found, t),
        *(_unit(unit, found.minimum, t) for unit in found.agreement),
        *(() if groups_alone(found) else (t("deliberation.hidden", minimum=found.minimum),)),
    )


def groups_alone(found: Deliberation) -> bool:
    """Tell whether every spread that is shown is one among groups, so that no person is spoken of."""
    return found.spreads is not None and 0 < len(found.spreads.grouped) == len(found.spreads.overall)


def spread_kind(spreads: Spreads) -> str:
    """Return whose answers a picture of spreads is drawn of: people, groups, tally, or several.

    Of a tally each proposal is drawn by its least agreed criterion, never by all of them together.
    """
    proposals = len(spreads.overall)
    kinds = {"tally": len(spreads.tallied), "groups": len(spreads.grouped)}
    whole = next((kind for kind, count in kinds.items() if count == proposals), "")
    return whole or ("several" if any(kinds.values()) else "people")


def grouped_sentences(found: Deliberation, t: Translator) -> tuple[str, ...]:
    """Say what the cards of groups stand for, and why the spread among too few of them is not shown."""
    if found.spreads is None or not found.groups:
        return ()
    facts = {"count": len(found.spreads.grouped), "groups": found.groups, "minimum": found.minimum}
    if found.small_groups:
        small = t("deliberation.grouped.small", **facts, small=found.small_groups)
        return t("deliberation.grouped", **facts), small
    return t("deliberation.grouped", **facts), t("deliberation.grouped.hidden", fewest=FEWEST_GROUPS)


def no_readings_sentence(found: Deliberation, t: Translator) -> str:
    """Say why there are no two readings: one card a group, no groups declared, or no cards at all."""
    if found.has_cards:
        return t("deliberation.no_groups")
    return t("deliberation.groups_only", groups=found.groups) if found.groups else t("deliberation.no_cards")


def _unit(unit: UnitAgreement, minimum: int, t: Translator) -> str:
    name = t("deliberation.room") if unit.unit == WHOLE_ROOM else unit.unit
    facts = {"unit": name, "people": unit.people, "complete": unit.complete, "scored": unit.scored}
    if unit.concordance is None or unit.chance is None:
        none = unit.why_not == "cards_incomplete" and not unit.complete
        return t(
            "deliberation.w.none_complete" if none else f"deliberation.w.{unit.why_not}",
            **facts,
            minimum=minimum,
        )
    return t(
        "deliberation.w",
        **facts,
        w=unit.concordance.w,
        strength=t(f"deliberation.strength.{strength_word(unit.concordance.w)}"),
        chance=unit.chance.baseline,
        verdict=t(f"deliberation.verdict.{'beyond' if unit.chance.p <= CHANCE_LEVEL else 'like'}_chance"),
        f=unit.concordance.f,
        f_p=_probability(unit.concordance.f_p, t),
        p=_probability(unit.chance.p, t),
    )


def strength_word(w: float) -> str:
    """Return the name of the word for an agreement.

    Examples
    --------
    >>> strength_word(0.75), strength_word(1.0)
    ('strong', 'very_strong')
    """
    return next(word for limit, word in STRENGTHS if w < limit)


def _probability(value: float, t: Translator) -> str:
    return f"< {t.style.number(SMALLEST, 3)}" if value < SMALLEST else f"= {t.style.number(value, 3)}"


def reading_sentences(reading: GroupReading, session: Session, t: Translator) -> tuple[str, ...]:
    """Return what one voice for each group would change, or why the groups cannot be told apart."""
    kind = t(f"deliberation.grouping.{reading.name}")
    if reading.distinction is not Distinction.SHOWN:
        return (t(f"deliberation.distinction.{reading.distinction.value}", grouping=kind),)
    return tuple(_changes(reading, session, kind, t))


def _changes(reading: GroupReading, session: Session, kind: str, t: Translator) -> Iterator[str]:
    yield t("deliberation.heard_apart", grouping=kind, apart=reading.heard_apart, proposals=reading.proposals)
    yield t("deliberation.moved", gains=len(reading.gains), losses=len(reading.losses))
    for change, labels in (("enters", reading.enters), ("leaves", reading.leaves)):
        names = [str(session.proposals.frame["activity"][label]) for label in labels]
        if names:
            yield t(f"deliberation.{change}", count=len(names), proposals=names)
    if not reading.enters and not reading.leaves:
        yield t("deliberation.same_list")
    if reading.pooled:
        names = [group_name(reading.name, cell, session, t) for cell in reading.pooled]
        yield t("deliberation.pooled_groups", groups=names)


def attendance_sentences(attendance: Attendance, t: Translator) -> tuple[str, ...]:
    """Return who was present with a vote; facts that block nothing."""
    if not attendance.present:
        return (t("attendance.none"),)
    return tuple(_attendance(attendance, t))


def _attendance(attendance: Attendance, t: Translator) -> Iterator[str]:
    yield t("attendance.present", present=attendance.present)
    if attendance.advisers:
        yield t("attendance.advisers", advisers=attendance.advisers)
    found = attendance.quorum
    if found is None:
        yield t("attendance.no_invitations")
    elif found.needed is None:
        yield t("attendance.no_quorum", invited=found.invited)
    else:
        state = "met" if found.met else "not_met"
        rule = t(f"rule_short.quorum.{attendance.quorum_rule}")
        yield t(f"attendance.quorum_{state}", invited=found.invited, needed=found.needed, rule=rule)
    women = attendance.women
    if women.share is None:
        yield t("attendance.women_unknown")
    else:
        state = "reached" if women.reached else "below"
        facts = {"women": women.count, "known": women.known, "share": float(women.share)}
        yield t(f"attendance.women_{state}", **facts, target=float(women.target))
    if not attendance.recorded:
        yield t("attendance.not_recorded")
    elif attendance.missing:
        yield t("attendance.missing", groups=attendance.missing)
    else:
        yield t("attendance.all_present")
    yield t("attendance.caveat")
