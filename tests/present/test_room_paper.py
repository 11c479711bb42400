"""Cards, list, script: every proposal with number and picture, every card once, a colour for each group."""

import io
import re
from dataclasses import replace

import pypdf
import pytest

from tests.room_folders import ACTIVITIES, small_session
from workbench.domain.rules import Rules
from workbench.present.i18n import translator
from workbench.present.paper.document import Figure
from workbench.present.paper.pdf import pdf_bytes
from workbench.present.pictograms import face, pictogram_of, pictograms
from workbench.present.room_paper import FACES, WIDTH, card_paper, script_paper, wall_list_paper

T = translator("id")


@pytest.fixture(scope="module")
def session():
    return small_session()


@pytest.fixture(scope="module")
def numbers(session):
    return {str(label): number for number, label in enumerate(session.proposals.labels, start=1)}


def pictures(paper):
    return [block.picture for part in paper.parts for block in part.blocks if isinstance(block, Figure)]


def test_every_voter_has_a_card_and_no_card_bears_a_name(session, numbers):
    sheets = pictures(card_paper(session, numbers, T))
    assert [re.search(r"KARTU NILAI (\d+)", sheet).group(1) for sheet in sheets] == [
        f"{n:03d}" for n in range(1, 9)
    ]
    assert all(f">{number}<" in sheets[0] for number in numbers.values())


def test_a_group_is_told_by_colour_and_by_its_name(session, numbers):
    sheets = pictures(card_paper(session, numbers, T))
    grounds = [re.search(r'height="64" fill="(#\w+)"', sheet).group(1) for sheet in sheets]
    assert len(set(grounds)) == 2
    assert "Melati" in sheets[0]
    assert "Mawar" in sheets[-1]


def test_few_criteria_show_faces_to_circle_and_many_show_boxes(session, numbers):
    boxes = pictures(card_paper(session, numbers, T))[0]
    assert boxes.count("<circle") == FACES * 3  # the legend alone
    one = session.criteria.__class__(session.criteria.frame.head(1), session.criteria.points)
    faces = pictures(card_paper(session.__class__(**{**session.__dict__, "criteria": one}), numbers, T))[0]
    assert faces.count("<circle") == FACES * 3 * (1 + len(ACTIVITIES))


def test_sixty_proposals_go_on_with_the_same_card_number():
    import pandas as pd

    frame = small_session().proposals.frame
    many = pd.concat([frame.assign(activity=frame["activity"] + f" {turn}") for turn in range(10)])
    many.index = pd.Index([f"U-{number}" for number in range(1, 61)], name="proposal")
    session = small_session(cards=2)
    long = session.__class__(**{**session.__dict__, "proposals": session.proposals.__class__(many)})
    sheets = pictures(card_paper(long, {label: n for n, label in enumerate(many.index, start=1)}, T))
    first = [sheet for sheet in sheets if "KARTU NILAI 001" in sheet]
    shown = {
        int(n)
        for sheet in first
        for n in re.findall(r'text-anchor="end" font-weight="700"[^>]*>(\d+)<', sheet)
    }
    assert shown == set(range(1, 61))
    assert f"lembar 1 dari {len(first)}" in first[0]


def test_the_list_for_the_wall_and_the_script_hold_every_proposal(session, numbers):
    listed = "".join(pictures(wall_list_paper(session, numbers, T)))
    script = pypdf.PdfReader(io.BytesIO(pdf_bytes(script_paper(session, Rules(), numbers, T))))
    read = " ".join(" ".join(page.extract_text().split()) for page in script.pages)
    for number, (activity, _) in enumerate(ACTIVITIES, start=1):
        assert activity.split()[0] in listed
        assert f"Usulan nomor {number}. {activity}" in read
    assert "rahasia" in read


def test_the_name_of_a_criterion_is_not_cut_on_a_card(session, numbers):
    criteria = session.criteria
    names = [
        "Banyaknya penerima manfaat",
        *criteria.frame["name"].tolist()[1:],
    ]
    told = replace(session, criteria=replace(criteria, frame=criteria.frame.assign(name=names)))
    assert set(names[0].split()) <= set(re.split(r"[<> ]", pictures(card_paper(told, numbers, T))[0]))


def test_cards_and_the_list_for_the_wall_fill_their_sheets(session, numbers):
    for paper in (card_paper(session, numbers, T), wall_list_paper(session, numbers, T)):
        sheets = pypdf.PdfReader(io.BytesIO(pdf_bytes(paper))).pages
        assert len(sheets) == len(paper.parts)
        scales = []

        def seen(text, drawn, *_, scales=scales):
            scales += [-drawn[3]] * bool(text.strip())  # a drawing counts from the top

        sheets[0].extract_text(visitor_text=seen)
        between_margins = float(sheets[0].mediabox.width) - 2 * paper.parts[0].margin * 72 / 25.4
        assert max(scales) * WIDTH > 0.97 * between_margins


def test_people_who_are_not_registered_yet_get_blank_numbers(session, numbers):
    nobody = session.participants.__class__(session.participants.frame.head(0))
    sheets = pictures(
        card_paper(session.__class__(**{**session.__dict__, "participants": nobody}), numbers, T)
    )
    assert len(sheets) == 30


@pytest.mark.parametrize(
    ("activity", "name"),
    [
        ("Hotmix jalan Desa Suryabening", "road"),
        ("Penerangan jalan umum tenaga surya", "light"),
        ("Drainase jalan Dusun Krajan", "irrigation"),
        ("Pengadaan alat peraga SD Negeri 2", "school"),
        ("Pelatihan kader posyandu", "health"),
        ("Sesuatu yang lain", "other"),
    ],
)
def test_a_picture_follows_the_words(activity, name):
    assert pictogram_of(activity).name == name


def test_every_picture_and_every_face_differs():
    assert len({one.shape for one in pictograms().values()}) == len(pictograms())
    assert len({face(level, 0, 0, 30) for level in range(FACES)}) == FACES
