"""Both languages say the same things with the same facts, and nothing that people see lacks a sentence."""

from __future__ import annotations

import json
import string
from pathlib import Path

import pytest

import workbench.present
from workbench.domain.rules import CHOICES, NAMES, TIE_KEYS
from workbench.errors import Severity
from workbench.present.i18n import LANGUAGES, translator
from workbench.prioritisation import Standing

LOCALE = Path(workbench.present.__file__).parent / "locale"


def sentences(language: str) -> dict[str, str]:
    return json.loads((LOCALE / f"{language}.json").read_text(encoding="utf-8"))


def facts(sentence: str) -> list[tuple[str, str]]:
    return sorted(
        (name, spec or "")
        for _, name, spec, _ in string.Formatter().parse(sentence)
        if name and not name.lower().startswith("sebutan_")
    )


def test_both_languages_have_the_same_keys_in_order():
    indonesian, english = sentences("id"), sentences("en")
    assert list(indonesian) == list(english) == sorted(indonesian)


def test_each_sentence_states_the_same_facts_in_both_languages():
    indonesian, english = sentences("id"), sentences("en")
    differing = {key for key in indonesian if facts(indonesian[key]) != facts(english[key])}
    assert not differing


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty_shouts_or_carries_stray_blanks(language):
    for key, sentence in sentences(language).items():
        assert sentence.strip() == sentence, key
        assert sentence, key
        assert "!" not in sentence, key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("standing", Standing)
def test_every_standing_has_its_words(language, standing):
    t = translator(language)
    for family in ("standing", "reason", "short_reason"):
        assert t.has(f"{family}.{standing.value}")
    assert len(t(f"short_reason.{standing.value}").split()) <= 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_and_every_value_has_its_words(language):
    t = translator(language)
    wanted = [f"rule.{name}" for name in NAMES]
    wanted += [f"rule.{name}.{value}" for name, values in CHOICES.items() for value in values]
    wanted += [
        f"rule_short.{name}.{value}"
        for name, values in CHOICES.items()
        for value in values
        if name != "random_index"
    ]
    wanted += [f"{kind}.{key}" for key in TIE_KEYS for kind in ("tie", "short_tie")] + [
        f"severity.{severity.value}" for severity in Severity
    ]
    assert [key for key in wanted if not t.has(key)] == []


def test_the_tool_calls_its_result_an_outcome_and_never_a_decision():
    spoken = {key: text for key, text in sentences("id").items() if "keputusan" in text.lower()}
    allowed = {"word.caveat", "problem.decides_nothing"}  # the first denies it, the second is the forum's own
    assert set(spoken) <= allowed | {key for key in spoken if key.startswith("field.")}
