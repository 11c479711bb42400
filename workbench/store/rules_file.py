"""``aturan.toml``: the rules of a session as a file that can be read aloud and edited by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import tomlkit

from workbench.domain.rules import CHOICES, LAST_ROUND, NAMES, TIE_KEYS, Rules
from workbench.errors import InvalidInput, Problem
from workbench.store.headers import Headers, load_headers

LAST_ROUND_WORD = "terakhir"


def rules_from_mapping(given: Mapping[str, Any], file: str, headers: Headers | None = None) -> Rules:
    """Return rules from the keys and words of the file.

    Parameters
    ----------
    given : mapping
        Indonesian keys and words as in ``aturan.toml``; absent keys take their default.
    file : str
        File name for messages.

    Raises
    ------
    InvalidInput
        Names every unknown key or word and the words that are allowed, all at once.
    """
    headers = headers or load_headers()
    names = {key: name for name, key in headers.rule_keys.items()}
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key not in names:
            facts = {"allowed": tuple(names)}
            problems.append(Problem("unknown_rule_key", file=file, column=key, value=str(value), facts=facts))
            continue
        name = names[key]
        try:
            values[name] = _READERS.get(name, _word)(name, value, headers)
        except (KeyError, TypeError, ValueError):
            facts = {"allowed": allowed_words(name, headers)}
            problems.append(Problem("unknown_rule", file=file, column=key, value=str(value), facts=facts))
    if problems:
        raise InvalidInput(problems)
    return _rules(values, file, headers)


def _rules(values: dict[str, Any], file: str, headers: Headers) -> Rules:
    try:
        return Rules(**values)
    except InvalidInput as error:
        raise InvalidInput(
            Problem(
                problem.code,
                file=file,
                column=headers.rule_keys.get(problem.column, problem.column),
                value=problem.value,
                facts=problem.facts,
            )
            for problem in error.problems
        ) from error


def allowed_words(name: str, headers: Headers) -> tuple[str, ...]:
    """Return the words a choice may take in the file; empty for numbers and free text."""
    if name == "ties":
        return tuple(headers.rule_words["ties"][key] for key in TIE_KEYS)
    return tuple(headers.rule_words[name][choice] for choice in CHOICES.get(name, ()))


def _word(name: str, value: object, headers: Headers) -> str:
    words = {word: choice for choice, word in headers.rule_words[name].items()}
    return words[str(value)]


def _whole(_: str, value: object, __: Headers) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def _share(_: str, value: object, __: Headers) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return float(value)


def _round(name: str, value: object, headers: Headers) -> int:
    return LAST_ROUND if value == LAST_ROUND_WORD else _whole(name, value, headers)


def _ties(_: str, value: object, headers: Headers) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_word("ties", word, headers) for word in value)


def _text(_: str, value: object, __: Headers) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


_READERS: Mapping[str, Any] = {
    "round": _round,
    "ties": _ties,
    "lot_seed": _whole,
    "completion_step": _whole,
    "quota": _whole,
    "plan_gap": _share,
    "plan_seconds": _whole,
    "minimum_group": _whole,
    "most_rounds": _whole,
    "stage": _text,
}


def read_rules(path: Path) -> Rules:
    """Read ``aturan.toml``.

    Raises
    ------
    InvalidInput
        When the file is not TOML, or a key or word is unknown.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput([Problem("not_toml", file=path.name, facts={"detail": str(error)})]) from error
    except UnicodeDecodeError as error:
        raise InvalidInput([Problem("not_utf8", file=path.name)]) from error
    return rules_from_mapping(given, path.name)


def rules_to_words(rules: Rules, headers: Headers | None = None) -> dict[str, Any]:
    """Return rules as the keys and words of the file; an undrawn lot has no seed and no line."""
    headers = headers or load_headers()
    words: dict[str, Any] = {}
    for name, value in asdict(rules).items():
        if value is None:
            continue
        words[headers.rule_keys[name]] = _as_words(name, value, headers)
    return words


def _as_words(name: str, value: Any, headers: Headers) -> Any:  # noqa: ANN401 - the types of TOML
    if name == "ties":
        return [headers.rule_words["ties"][key] for key in value]
    if name == "round":
        return LAST_ROUND_WORD if value == LAST_ROUND else value
    return headers.rule_words[name][value] if name in CHOICES else value


def rules_text(rules: Rules) -> str:
    """Return the text of ``aturan.toml``, with the allowed words beside every choice.

    Examples
    --------
    >>> print(rules_text(Rules()).splitlines()[-1])
    kelompok_terkecil = 5
    """
    headers = load_headers()
    document = tomlkit.document()
    words = rules_to_words(rules, headers)
    for name in NAMES:
        key = headers.rule_keys[name]
        allowed = allowed_words(name, headers)
        if allowed:
            document.add(tomlkit.comment(f"{key}: {' | '.join(allowed)}"))
        if key in words:
            document.add(key, words[key])
    return tomlkit.dumps(document)
