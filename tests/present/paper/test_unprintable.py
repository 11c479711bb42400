"""Letters that the paper cannot show are named in the data notes, the first proposal beside them."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd

from tests.reporting.kabupaten_sessions import kabupaten
from workbench.domain.proposals import Proposals
from workbench.domain.rules import Rules
from workbench.present.i18n import translator
from workbench.present.paper.unprintable import unprintable
from workbench.present.problems import problem_sentence
from workbench.reporting.report import notes_of


def listed(*activities):
    records = [
        {"proposal": f"U-{number}", "activity": activity, "region": "73.02.01", "cost": 5}
        for number, activity in enumerate(activities)
    ]
    return Proposals.from_table(pd.DataFrame(records))


def test_letters_without_a_picture_are_named_and_common_signs_are_not():
    assert unprintable(listed("Jalan ½ → 5\u00a0m²", "“Sumur” Dr. Müller…", "a\nb\u200bc\u00ad")) == ()
    (note,) = unprintable(listed("Jalan", "Posyandu ✅ ꦗꦮ", "Sumur ✅"))
    assert (note.value, dict(note.facts)) == ("✅ꦗꦮ", {"proposal": "U-1", "proposals": 2})
    said = problem_sentence(note, translator("id"))
    assert "✅ꦗꦮ" in said
    assert "U-1" in said
    assert "kotak" in said


def test_a_report_says_it_among_the_notes_on_its_data():
    session = kabupaten({"99.01.01": 2})
    frame = session.proposals.frame.assign(activity="Sumur 水")
    opened = SimpleNamespace(session=replace(session, proposals=Proposals(frame)), rules=Rules())
    assert "letters_not_in_print" in {note.code for note in notes_of(opened)}
    assert "letters_not_in_print" not in {
        note.code for note in notes_of(SimpleNamespace(session=session, rules=Rules()))
    }
