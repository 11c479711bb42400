"""Spelling faults of the sample."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workbench.sample.kinds import kinds
from workbench.sample.wording import as_typed
from workbench.sample.wordlists import read

FAULTS = read("words")["faults"]
TEXT = "Pembangunan jalan lingkungan Dusun Lor"


@given(st.integers(0, 2**32))
def test_a_text_keeps_its_words_or_has_one_fault(seed):
    typed = as_typed(TEXT, FAULTS, np.random.default_rng(seed))
    pairs = zip(TEXT.lower().split(" "), typed.lower().split(" "), strict=True)
    assert sum(meant != written for meant, written in pairs) <= 1


def test_faults_happen_but_most_texts_are_right():
    rng = np.random.default_rng(1)
    typed = [as_typed(TEXT, FAULTS, rng) for _ in range(500)]
    assert 0.6 < np.mean([text == TEXT for text in typed]) < 0.8
    assert TEXT.upper() in typed
    assert TEXT.lower() in typed


def test_a_text_without_known_words_stays_in_its_words():
    rng = np.random.default_rng(2)
    assert {as_typed("MCK", FAULTS, rng).upper() for _ in range(50)} == {"MCK"}


def test_every_place_of_a_phrase_is_filled():
    known = {"place", "village", "other", "number", "name"}
    for kind in kinds():
        for phrase in kind.phrases:
            assert phrase.format(**dict.fromkeys(known, "x"))
