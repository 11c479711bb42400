"""The parts of a report about what the room thinks together, and what it decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from markupsafe import Markup

from workbench.deliberation import (
    Deliberation,
    Distinction,
    RoundChanges,
    Voices,
    deliberate,
    round_changes,
    whose_voice,
)
from workbench.domain.resolution import Resolution
from workbench.domain.session import Session
from workbench.present.agreement_strip import agreement_strip
from workbench.present.deliberation_tables import (
    readings_without_strong,
    resolution_sentences,
    resolution_table,
    spread_table,
    strong_table,
    voices_table,
)
from workbench.present.deliberation_words import (
    agreement_sentences,
    attendance_sentences,
    expected_constituencies,
    reading_sentences,
)
from workbench.present.documents import (
    html_figure,
    html_paragraph,
    html_sentences,
    html_subheading,
    html_table,
)
from workbench.present.i18n import Translator
from workbench.present.rounds_words import changes_sentences, changes_table
from workbench.present.two_readings_figure import two_readings_figure
from workbench.present.voices_words import influence_table, personal_sentence, voices_sentences
from workbench.prioritisation import Outcome

Blocks = tuple[Markup, ...]


@dataclass(frozen=True)
class DeliberationSection:
    """What a report says beside its outcome, computed once for all parts.

    Attributes
    ----------
    session, outcome
        The computed outcome and the session it came from.
    resolution : Resolution or None
    t : Translator
    """

    session: Session
    outcome: Outcome
    resolution: Resolution | None
    t: Translator

    def blocks(self, part: str) -> Blocks:
        """Return one part, by its name in `PARTS`."""
        return tuple(PARTS[part](self))

    @cached_property
    def changes(self) -> RoundChanges | None:
        """What the last round changed; None where there was one round."""
        return round_changes(self.session, self.outcome.rules)

    @cached_property
    def voices(self) -> Voices:
        """Whose voice moves the order."""
        return whose_voice(self.session, self.outcome.rules, self.outcome)

    @cached_property
    def found(self) -> Deliberation:
        """What the cards say."""
        return deliberate(self.session, self.outcome.rules, self.outcome, expected_constituencies(self.t))


def agreement(section: DeliberationSection) -> Iterator[Markup]:
    """Say how far the room agrees, with a strip and a line for each of the first proposals."""
    found, t = section.found, section.t
    yield html_sentences(agreement_sentences(found, t))
    if section.changes is not None:
        yield html_subheading(t("report.rounds"))
        yield html_sentences(changes_sentences(section.changes, section.session, t))
        yield html_table(changes_table(section.changes, section.session, t))
    if found.spreads is not None:
        strip = agreement_strip(found.spreads, section.outcome, section.session, t)
        yield html_figure(strip, t("figure.agreement.caption"))
        yield html_table(spread_table(found.spreads, section.outcome, section.session, t))


def two_readings(section: DeliberationSection) -> Iterator[Markup]:
    """Set one person one voice against one group one voice, grouping by grouping."""
    found, t = section.found, section.t
    if not found.readings:
        yield html_paragraph(t("deliberation.no_groups" if found.has_cards else "deliberation.no_cards"))
        return
    yield html_paragraph(t("deliberation.what_readings_are", minimum=found.minimum))
    for reading in found.readings:
        yield html_subheading(t(f"deliberation.by.{reading.name}"))
        yield html_sentences(reading_sentences(reading, section.session, t))
        if reading.distinction is Distinction.SHOWN:
            picture = two_readings_figure(reading, section.outcome, section.session, t)
            yield html_figure(picture, t("figure.two_readings.caption"))
            yield html_table(voices_table(reading, section.session, t))
            yield from _whose_voice(section, reading.name)
    if section.voices.personal is not None:
        yield html_paragraph(personal_sentence(section.voices, t))


def _whose_voice(section: DeliberationSection, grouping: str) -> Iterator[Markup]:
    """Set the influence of each group against its heads, with the weights that would change the list."""
    session, t = section.session, section.t
    for voices in section.voices.groups:
        if voices.name == grouping:
            yield html_table(influence_table(voices, session, t))
            yield html_sentences(voices_sentences(voices, session, t))


def strong_unfunded(section: DeliberationSection) -> Iterator[Markup]:
    """List the strong proposals of groups that are not funded yet."""
    found, t = section.found, section.t
    if not found.has_cards or section.outcome.room is None:
        yield html_paragraph(t("report.no_ceiling" if found.has_cards else "deliberation.no_cards"))
        return
    if any(reading.strong for reading in found.readings):
        yield html_table(strong_table(found, section.session, t))
    yield html_sentences(readings_without_strong(found, t))


def attendance(section: DeliberationSection) -> Iterator[Markup]:
    """State who was present with a vote."""
    yield html_sentences(attendance_sentences(section.found.attendance, section.t))


def resolution(section: DeliberationSection) -> Iterator[Markup]:
    """List what the forum decided otherwise, with its reasons, and whether that is final."""
    decided, t = section.resolution, section.t
    yield html_sentences(resolution_sentences(decided, section.session, t))
    if decided is not None and decided.frame.index.isin(section.session.proposals.labels).any():
        yield html_table(resolution_table(decided, section.outcome, section.session, t))


PARTS: Mapping[str, Callable[[DeliberationSection], Iterator[Markup]]] = MappingProxyType(
    {
        "agreement": agreement,
        "two_readings": two_readings,
        "strong_unfunded": strong_unfunded,
        "attendance": attendance,
        "resolution": resolution,
    }
)
"""The parts by name; each has its heading ``report.<name>``."""
