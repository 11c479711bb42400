"""What the room has in its hands: cards with numbers and faces, the list for the wall, the script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from workbench.domain.criteria import Measure
from workbench.domain.participants import is_bare_card
from workbench.domain.rules import Rules
from workbench.domain.session import Session
from workbench.present import svg
from workbench.present.i18n import Translator
from workbench.present.paper.document import A4, Block, Figure, Heading, Paper, Paragraph, Part
from workbench.present.pictograms import face, pictogram_of, placed
from workbench.present.places import village_names
from workbench.present.rules import rules_sentences
from workbench.present.surfaces import INK, PALE, PAPER, WARM_GREY

WIDTH, HEIGHT = 740, 1060
"""Of a drawn page, in the proportion of what an A4 sheet has between its margins."""
GROUP_COLOURS = ("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#cc79a7", "#d55e00")
"""The Okabe-Ito set; the group's name stands beside its colour."""
ROW = 46
HEAD = 168
BLANK_CARDS = 30
"""Cards that are printed where nobody is registered yet."""
FACES = 5
MOST_FACED = 2
"""Up to so many criteria a field shows five faces to be circled; with more, a digit goes into a box."""
NAME_LINES = 3
"""Lines that the name of a criterion may take above its fields."""
LISTED = 11
BOLD = 1.12
"""How much wider bold text runs than the estimate of usual text."""


def card_paper(session: Session, numbers: Mapping[str, int], t: Translator) -> Paper:
    """Return a card for every registered number that may vote, one sheet or more each.

    Parameters
    ----------
    session : Session
    numbers : mapping of label to number
        Of the proposals to be scored.
    t : Translator
    """
    cards = _voters(session) or [(f"{number:03d}", "") for number in range(1, BLANK_CARDS + 1)]
    named = [(t("card.number", card=card), group) for card, group in cards]
    return _cards(session, numbers, named, t("card.title"), t)


def group_card_paper(session: Session, numbers: Mapping[str, int], t: Translator) -> Paper | None:
    """Return a card for every discussion group, numbered as the page asks for them; None without groups.

    Parameters
    ----------
    session : Session
    numbers : mapping of label to number
        Of the proposals to be scored.
    t : Translator
    """
    groups = dict.fromkeys(group for _, group in _voters(session) if group)
    named = [(t("card.group", number=number), group) for number, group in enumerate(groups, start=1)]
    return _cards(session, numbers, named, t("card.groups.title"), t) if named else None


def _voters(session: Session) -> list[tuple[str, str]]:
    """Return the cards of people who may vote with their group; marks of a tally are nobody."""
    people = session.participants.frame
    voters = people[people["voting_right"].fillna(value=True).astype(bool)]
    return [(str(card), str(group)) for card, group in voters["group"].items() if not is_bare_card(str(card))]


def _cards(
    session: Session,
    numbers: Mapping[str, int],
    cards: Sequence[tuple[str, str]],
    title: str,
    t: Translator,
) -> Paper:
    groups = sorted({group for _, group in cards} - {""})
    figures = [
        Figure(picture, card)
        for card, group in cards
        for picture in _card_sheets(session, numbers, card, group, groups, t)
    ]
    parts = tuple(
        Part((figure,), A4, margin=8, numbered=False, watermark=session.facts.data_mark) for figure in figures
    )
    return Paper(title, parts, t.language, session.facts.date)


def _labels(session: Session, numbers: Mapping[str, int]) -> list[str]:
    return [str(label) for label in session.proposals.labels if str(label) in numbers]


def _judged(session: Session) -> list[str]:
    frame = session.criteria.frame
    return [str(label) for label in frame.index[(frame["measure"] == Measure.JUDGED.value).to_numpy()]]


def _card_sheets(
    session: Session, numbers: Mapping[str, int], card: str, group: str, groups: Sequence[str], t: Translator
) -> Iterator[str]:
    labels = _labels(session, numbers)
    per_sheet = (HEIGHT - HEAD - 30) // ROW
    sheets = [labels[at : at + per_sheet] for at in range(0, len(labels), per_sheet)] or [[]]
    for number, chosen in enumerate(sheets, start=1):
        drawn = [
            *_card_head(session, card, group, groups, t),
            *_legend(session, t),
            *_card_rows(session, numbers, chosen, t),
            svg.text(
                t("card.sheet", number=number, count=len(sheets)),
                WIDTH - 8,
                HEIGHT - 8,
                13,
                text_anchor="end",
                fill=INK,
            ),
        ]
        yield svg.document(WIDTH, HEIGHT, card, drawn)


def _card_head(
    session: Session, card: str, group: str, groups: Sequence[str], t: Translator
) -> Iterator[str]:
    colour = GROUP_COLOURS[groups.index(group) % len(GROUP_COLOURS)] if group in groups else PALE
    yield svg.element("rect", x=0, y=0, width=WIDTH, height=64, fill=colour)
    yield svg.text(card, 14, 44, 34, font_weight=700, fill=INK)
    named = group or t("card.no_group")
    size = 22 if svg.text_width(named, 22) * BOLD <= 330 else 15
    said = svg.fitted(named, size, 330 / BOLD)
    yield svg.text(said, WIDTH - 14, 42, size, text_anchor="end", font_weight=700, fill=INK)
    yield svg.text(svg.fitted(session.facts.forum or t("wall.forum"), 16, WIDTH - 220), 14, 88, 16, fill=INK)
    yield svg.text(t("card.round"), WIDTH - 14, 88, 16, text_anchor="end", fill=INK)


def _legend(session: Session, t: Translator) -> Iterator[str]:
    """Draw the faces with their points, and the criteria above their fields."""
    for level in range(FACES):
        x = 14 + level * 96
        yield face(level, x, 98, 30)
        yield svg.text(str(level + 1), x + 38, 121, 22, font_weight=700, fill=INK)
    yield svg.text(t("card.how"), 14 + FACES * 96, 114, 14, fill=INK)
    criteria, left = _judged(session), _fields_left(session)
    wide = (WIDTH - left) / max(len(criteria), 1)
    for place, label in enumerate(criteria):
        name = str(session.criteria.frame["name"][label])
        yield from _centred(name, left + (place + 0.5) * wide, HEAD - 7, 12, wide - 4)


def _centred(text: str, x: float, bottom: float, size: float, room: float) -> Iterator[str]:
    """Draw a text on at most `NAME_LINES` lines around a place, the last of them at the bottom."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or len(lines) == NAME_LINES or svg.text_width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    for above, line in enumerate(reversed(lines)):
        at = bottom - above * (size + 1)
        yield svg.text(svg.fitted(line, size, room), x, at, size, text_anchor="middle", fill=INK)


def _fields_left(session: Session) -> float:
    criteria = len(_judged(session))
    wide = 190 if criteria <= MOST_FACED else max(46.0, min(100.0, 380 / max(criteria, 1)))
    return WIDTH - min(wide * max(criteria, 1), 400)


def _card_rows(
    session: Session, numbers: Mapping[str, int], labels: Iterable[str], t: Translator
) -> Iterator[str]:
    criteria, left = _judged(session), _fields_left(session)
    villages, names = village_names(session, t), session.proposals.frame["activity"]
    wide = (WIDTH - left) / max(len(criteria), 1)
    for at, label in enumerate(labels):
        y = HEAD + at * ROW
        yield svg.element(
            "rect", x=0, y=y, width=WIDTH, height=ROW, fill=PAPER, stroke=WARM_GREY, stroke_width=0.7
        )
        yield svg.text(str(numbers[label]), 44, y + 33, 28, text_anchor="end", font_weight=700, fill=INK)
        yield placed(pictogram_of(str(names[label])).shape, 54, y + 5, 36)
        named = t("card.named", name=str(names[label]), village=str(villages[label]))
        yield from _two_lines(named, 100, y + 19, 15, left - 106, weight=400)
        for place in range(len(criteria)):
            x = left + place * wide
            yield from _field(x, y, wide, faced=len(criteria) <= MOST_FACED)


def _field(x: float, y: float, wide: float, *, faced: bool) -> Iterator[str]:
    if not faced:
        side = min(wide - 10, ROW - 10)
        box = {"x": x + (wide - side) / 2, "y": y + 5, "width": side, "height": side}
        yield svg.element("rect", **box, fill=PAPER, stroke=INK, stroke_width=1.4)
        return
    step = wide / FACES
    for level in range(FACES):
        yield face(level, x + level * step + (step - 26) / 2, y + 3, 26)
        yield svg.text(
            str(level + 1), x + (level + 0.5) * step, y + ROW - 4, 12, text_anchor="middle", fill=INK
        )


def wall_list_paper(session: Session, numbers: Mapping[str, int], t: Translator) -> Paper:
    """Return the list for the wall: number, picture, name, large enough to be read from some steps away."""
    labels = _labels(session, numbers)
    sheets = [labels[at : at + LISTED] for at in range(0, len(labels), LISTED)]
    figures = [
        Figure(_wall_sheet(session, numbers, chosen, t), t("paper.list.title")) for chosen in sheets or [[]]
    ]
    parts = tuple(
        Part((figure,), A4, margin=8, numbered=False, watermark=session.facts.data_mark) for figure in figures
    )
    return Paper(t("paper.list.title"), parts, t.language, session.facts.date)


def _wall_sheet(session: Session, numbers: Mapping[str, int], labels: Sequence[str], t: Translator) -> str:
    villages, frame = village_names(session, t), session.proposals.frame
    tall = (HEIGHT - 70) / LISTED
    drawn = [svg.text(t("paper.list.title"), 8, 44, 36, font_weight=700, fill=INK)]
    for at, label in enumerate(labels):
        y = 66 + at * tall
        cost = None if frame["cost"].isna()[label] else int(frame["cost"][label])
        drawn += [
            svg.element("line", x1=0, x2=WIDTH, y1=y, y2=y, stroke=WARM_GREY, stroke_width=1),
            svg.text(str(numbers[label]), 82, y + 58, 52, text_anchor="end", font_weight=700, fill=INK),
            placed(pictogram_of(str(frame["activity"][label])).shape, 100, y + 12, 62),
            *_two_lines(str(frame["activity"][label]), 180, y + 34, 25, WIDTH - 190),
            svg.text(
                svg.fitted(f"{villages[label]} · {t.style.rupiah(cost)}", 18, WIDTH - 190),
                180,
                y + 84,
                18,
                fill=WARM_GREY,
            ),
        ]
    return svg.document(WIDTH, HEIGHT, t("paper.list.title"), drawn)


def _two_lines(text: str, x: float, y: float, size: float, room: float, weight: int = 600) -> Iterator[str]:
    words, first = text.split(), ""
    room /= BOLD
    while words and svg.text_width(f"{first} {words[0]}".strip(), size) <= room:
        first = f"{first} {words.pop(0)}".strip()
    rest = " ".join(words)
    yield svg.text(svg.fitted(first or text, size, room), x, y, size, font_weight=weight, fill=INK)
    if first and rest:
        yield svg.text(svg.fitted(rest, size, room), x, y + size * 1.1, size, font_weight=weight, fill=INK)


def script_paper(session: Session, rules: Rules, numbers: Mapping[str, int], t: Translator) -> Paper:
    """Return what the facilitator reads aloud: rules, criteria with their scale, then every proposal."""
    frame, villages = session.proposals.frame, village_names(session, t)
    criteria = [
        t(
            "script.criterion",
            name=str(line["name"]),
            anchors=str(line["scale_anchors"] or t("script.no_anchors")),
        )
        for label, line in session.criteria.frame.iterrows()
        if str(label) in _judged(session)
    ]
    proposals = [
        t(
            "script.proposal",
            number=numbers[label],
            name=str(frame["activity"][label]),
            village=str(villages[label]),
            cost=None if frame["cost"].isna()[label] else int(frame["cost"][label]),
        )
        for label in _labels(session, numbers)
    ]
    blocks: tuple[Block, ...] = (
        Heading(t("script.title")),
        *_aloud([t("script.opening", forum=session.facts.forum or t("wall.forum"))]),
        Heading(t("wall.rules"), level=2),
        *_aloud(rules_sentences(rules, t)),
        Heading(t("wall.criteria"), level=2),
        *_aloud(criteria),
        Paragraph(t("script.secret"), size="large", bold=True),
        Heading(t("wall.list"), level=2),
        *_aloud(proposals),
        Paragraph(t("script.closing"), size="large", bold=True),
    )
    return Paper(
        t("script.title"),
        (Part(blocks, A4, watermark=session.facts.data_mark),),
        t.language,
        session.facts.date,
    )


def _aloud(sentences: Iterable[str]) -> Iterator[Paragraph]:
    """Return sentences large enough to be read standing."""
    return (Paragraph(sentence, size="large") for sentence in sentences)
