"""The parts of a report about what the room thinks together, and what it decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from markupsafe import Markup

from workbench.deliberation import (
    WHOLE_ROOM,
    Deliberation,
    Distinction,
    GroupVoices,
    MethodsFound,
    RoundChanges,
    Voices,
    compare_methods,
    decided_list,
    deliberate,
    find_opinions,
    plano_of,
    priority_consensus,
    round_changes,
    support_of,
    whose_voice,
)
from workbench.domain.orders import Orders
from workbench.domain.resolution import Resolution
from workbench.domain.session import Session
from workbench.present.agreement_strip import agreement_strip
from workbench.present.agreement_words import (
    opinion_group_sentences,
    pooled_table,
    priority_sentences,
    support_table,
)
from workbench.present.decided_words import decided_sentences, state_sentences
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
    group_name,
    no_readings_sentence,
    reading_sentences,
    spread_kind,
)
from workbench.present.distance_figures import heat_map, order_map
from workbench.present.documents import (
    html_figure,
    html_paragraph,
    html_sentences,
    html_subheading,
    html_table,
)
from workbench.present.i18n import Translator
from workbench.present.methods_words import (
    method_name,
    methods_sentences,
    methods_table,
    orders_sentences,
)
from workbench.present.plano import plano_sentences, plano_tables
from workbench.present.rounds_words import changes_sentences, changes_table
from workbench.present.two_readings_figure import two_readings_figure
from workbench.present.voices_words import flip_sentences, influence_table, personal_sentence
from workbench.prioritisation import Outcome
from workbench.reporting.annex import quoted, screen_only, screen_tables
from workbench.store.solver_output import QUIET

SHOWN_PAIRS = 15
HANGING_ON_CARDS = ("two_readings", "methods", "strong_unfunded")
"""Parts that say nothing where nobody handed in a card."""
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
    orders : Orders or None
        What groups or persons put in order.
    """

    session: Session
    outcome: Outcome
    resolution: Resolution | None
    t: Translator
    orders: Orders | None = None

    def blocks(self, part: str) -> Blocks:
        """Return one part, by its name in `PARTS`."""
        return tuple(PARTS[part](self))

    @cached_property
    def changes(self) -> RoundChanges | None:
        """What the last round changed; None where there was one round."""
        return round_changes(self.session, self.outcome.rules, QUIET)

    @cached_property
    def voices(self) -> Voices:
        """Whose voice moves the order."""
        return whose_voice(self.session, self.outcome.rules, self.outcome)

    @cached_property
    def methods(self) -> MethodsFound:
        """The lists of the room under every way of ranking."""
        return compare_methods(self.session, self.outcome.rules, self.outcome)

    @cached_property
    def found(self) -> Deliberation:
        """What the cards say."""
        expected = expected_constituencies(self.t)
        return deliberate(self.session, self.outcome.rules, self.outcome, expected, QUIET)


def agreement(section: DeliberationSection) -> Iterator[Markup]:
    """Say how far the room agrees, with a strip and a line for each of the first proposals."""
    found, t = section.found, section.t
    if found.spreads is not None:
        yield html_paragraph(t("plain.agreement"))
    yield html_sentences((*agreement_sentences(found, t), *_left_out(section)))
    if section.changes is not None:
        yield html_subheading(t("report.rounds"))
        yield html_sentences(changes_sentences(section.changes, section.session, t))
        yield html_table(changes_table(section.changes, section.session, t))
    if found.spreads is not None:
        strip = agreement_strip(found.spreads, section.outcome, section.session, t)
        yield html_figure(strip, t(f"figure.agreement.caption.{spread_kind(found.spreads)}"))
        yield screen_tables(t, spread_table(found.spreads, section.outcome, section.session, t))
    if found.has_cards:
        yield from _pairs_and_opinions(section)
    yield from _priorities(section)


def _left_out(section: DeliberationSection) -> Iterator[str]:
    """Name the parts that are not there because nobody handed in a card."""
    if section.found.spreads is None:
        empty = [part for part in HANGING_ON_CARDS if not section.blocks(part)]
        names = [quoted(section.t(f"report.{part}")) for part in empty]
        yield section.t("report.left_out", names=names)


def _pairs_and_opinions(section: DeliberationSection) -> Iterator[Markup]:
    session, outcome, t = section.session, section.outcome, section.t
    support = support_of(session, outcome.rules, outcome)
    if support.lines:
        shown = replace(support, lines=support.lines[:SHOWN_PAIRS])
        yield screen_tables(t, support_table(shown, session, t))
    opinions = find_opinions(session, outcome.rules, outcome)
    yield html_sentences(opinion_group_sentences(opinions, session, t))


def _nobody_scored(section: DeliberationSection) -> bool:
    """Tell whether there is not one card, of a person, a group or a tally; `agreement` says so for all."""
    return section.found.spreads is None and not section.found.groups


def _priorities(section: DeliberationSection) -> Iterator[Markup]:
    """Say how far people agree on the weights of criteria, where they compared them."""
    session, t = section.session, section.t
    compared = priority_consensus(session, section.outcome.rules)
    if compared:
        yield html_sentences(priority_sentences(compared, session, t))
    for one in compared:
        if len(one.pooled):
            yield screen_tables(t, pooled_table(one, session, t))


def two_readings(section: DeliberationSection) -> Iterator[Markup]:
    """Set one person one voice against one group one voice, grouping by grouping."""
    found, t = section.found, section.t
    if _nobody_scored(section):
        return
    if not found.readings:
        yield html_paragraph(no_readings_sentence(found, t))
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
            yield html_paragraph(t("plain.influence"))
            yield html_table(influence_table(voices, session, t))
            yield html_sentences(flip_sentences(voices, session, t))
            yield from _distances(voices, session, t)


def _distances(voices: GroupVoices, session: Session, t: Translator) -> Iterator[Markup]:
    """Draw how far the groups' own orders are from one another and from the room's."""
    if not len(voices.distances):
        return
    names = {
        str(cell): t("deliberation.room")
        if cell == WHOLE_ROOM
        else group_name(voices.name, str(cell), session, t)
        for cell in voices.distances.index
    }
    caption = t("figure.distances.caption")
    pictures = [html_figure(heat_map(voices.distances, names, t), caption)]
    picture = order_map(voices.distances, names, t)
    if picture:
        pictures.append(html_figure(picture, t("figure.order_map.caption")))
    yield screen_only(t, pictures, [t("report.distances")])


def methods(section: DeliberationSection) -> Iterator[Markup]:
    """Set the ways of ranking beside one another, list by list."""
    found, t = section.methods, section.t
    proposals = section.session.proposals
    if _nobody_scored(section):
        return
    if found.lists:
        yield html_paragraph(t("plain.methods"))
    if len(found.lists) < 2:
        yield html_sentences(methods_sentences(found, proposals, t))
    elif found.left_out:
        yield html_paragraph(t("methods.left_out", count=found.left_out))
    for number, one in enumerate(found.lists, 1):
        if len(found.lists) > 1:
            yield html_subheading(
                t("methods.list", number=number, proposals=len(one.ranks), givers=one.givers).rstrip(".")
            )
            yield html_sentences(orders_sentences(one, proposals, t))
        names = {str(name): method_name(str(name), t) for name in one.ranks.columns}
        table = methods_table(one, proposals, t)
        picture = html_figure(heat_map(one.distances, names, t), t("figure.distances.caption"))
        yield screen_only(t, [picture, html_table(table)], [t("report.distances"), table.caption])


def group_orders(section: DeliberationSection) -> Iterator[Markup]:
    """Lay the orders of discussion groups side by side and sum their ranks; nothing where nobody gave any."""
    proposals, t = section.session.proposals, section.t
    plano = plano_of(section.orders, proposals)
    if plano is not None:
        yield html_sentences(plano_sentences(plano, proposals, t))
        for table in plano_tables(plano, proposals, t):
            yield html_table(table)


def strong_unfunded(section: DeliberationSection) -> Iterator[Markup]:
    """List the strong proposals of groups that are not funded yet."""
    found, t = section.found, section.t
    if _nobody_scored(section):
        return
    if not found.has_cards or section.outcome.room is None:
        yield html_paragraph(t("report.no_ceiling") if found.has_cards else no_readings_sentence(found, t))
        return
    if any(reading.strong for reading in found.readings):
        yield html_table(strong_table(found, section.session, t))
    yield html_sentences(readings_without_strong(found, t))


def attendance(section: DeliberationSection) -> Iterator[Markup]:
    """State who was present with a vote."""
    yield html_sentences(attendance_sentences(section.found.attendance, section.t))


def resolution(section: DeliberationSection) -> Iterator[Markup]:
    """List what the forum decided otherwise, with its reasons, what its list costs, and its state."""
    decided, t = section.resolution, section.t
    yield html_sentences(resolution_sentences(decided, section.session, t))
    if decided is not None and decided.frame.index.isin(section.session.proposals.labels).any():
        yield html_table(resolution_table(decided, section.outcome, section.session, t))
        laid_over = decided_list(section.outcome, decided)
        steps = state_sentences(decided, t)[1:]  # the state itself stands above
        yield html_sentences((*decided_sentences(laid_over, section.session, t), *steps))


PARTS: Mapping[str, Callable[[DeliberationSection], Iterator[Markup]]] = MappingProxyType(
    {
        "agreement": agreement,
        "two_readings": two_readings,
        "methods": methods,
        "group_orders": group_orders,
        "strong_unfunded": strong_unfunded,
        "attendance": attendance,
        "resolution": resolution,
    }
)
"""The parts by name; each has its heading ``report.<name>``."""
