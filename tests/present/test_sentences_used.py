"""Every sentence that the code asks for exists, in both languages, with the same facts."""

import ast
import json
import string
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "workbench"
LOCALE = PACKAGE / "present/locale"


def sentences(language):
    files = sorted(LOCALE.glob(f"{language}*.json"))
    return {key: text for file in files for key, text in json.loads(file.read_text("utf-8")).items()}


def facts(sentence):
    return {
        (name, spec)
        for _, name, spec, _ in string.Formatter().parse(sentence)
        if name is not None and not name.lower().startswith("sebutan_")
    }


def literal_keys():
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            first = node.args[0]
            if name == "t" and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield path.name, first.value


def test_both_languages_say_the_same_things():
    indonesian, english = sentences("id"), sentences("en")
    assert indonesian.keys() == english.keys()
    differing = [key for key in indonesian if facts(indonesian[key]) != facts(english[key])]
    assert differing == []


def test_no_key_stands_in_two_files():
    for language in ("id", "en"):
        keys = [
            key for file in LOCALE.glob(f"{language}*.json") for key in json.loads(file.read_text("utf-8"))
        ]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_key_in_the_code_has_its_sentence(language):
    known = sentences(language)
    missing = [(file, key) for file, key in literal_keys() if key not in known]
    assert missing == []
