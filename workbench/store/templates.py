"""Templates: editable TOML files that become criteria, gates and bands; every problem of a file at once.

The format is described in ``docs/templat.md``. The tables inside have the columns of the session folder.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd
from rapidfuzz import fuzz, process

from workbench.domain.bands import Bands
from workbench.domain.criteria import Criteria
from workbench.domain.dots import DotRule
from workbench.domain.template import Counting, GateSpec, Provenance, Template, YearOf
from workbench.errors import InvalidInput, Problem, Severity
from workbench.store.headers import load_headers
from workbench.store.project_files import data_folder
from workbench.store.raw_tables import RawTable
from workbench.store.rules_file import rules_from_mapping
from workbench.store.session_tables import criteria_of, read_parsed

FOLDER = "templat"
ENDING = ".toml"
COUNTING_WORDS: Mapping[str, Counting] = MappingProxyType(
    {
        "nilai_berbobot": Counting.WEIGHTED_SUM,
        "suara_mad": Counting.MAD_VOTE,
        "preferensi": Counting.PREFERENCE_POINTS,
        "menang_berpasangan": Counting.COUNT_PAIRWISE_WINS,
        "suara_titik": Counting.DOT_VOTE,
    }
)
YEAR_WORDS: Mapping[str, YearOf] = MappingProxyType(
    {"peraturan": YearOf.REGULATION, "sumber": YearOf.SOURCE, "templat": YearOf.TEMPLATE}
)
TEXTS = ("judul", "cara_hitung", "dasar_hukum", "tahun_dari", "sumber", "catatan")
DOT_KEYS = ("titik_per_orang", "titik_per_usulan")
KEYS: Mapping[str, tuple[type, str]] = MappingProxyType(
    {
        **dict.fromkeys(TEXTS, (str, '"..."')),
        "tahun": (int, "2026"),
        **dict.fromkeys(DOT_KEYS, (int, "3")),
        "aturan": (dict, "[aturan]"),
        **dict.fromkeys(("kriteria", "tabel_poin", "syarat", "golongan"), (list, "[[...]]")),
    }
)
"""The keys of a template, what each holds, and how that is written."""
NEEDED = ("judul", "cara_hitung", "tahun", "tahun_dari")
GATE_KEYS = ("nama", "arti")
TABLES: Mapping[str, str] = MappingProxyType(
    {"kriteria": "criteria", "tabel_poin": "points", "golongan": "bands"}
)


def template_folder() -> Path:
    """Return the folder with the shipped templates."""
    return data_folder() / FOLDER


def read_templates(folder: Path | None = None) -> dict[str, Template]:
    """Return all templates of a folder by name.

    Parameters
    ----------
    folder : Path, optional
        The shipped ones when not given.

    Raises
    ------
    InvalidInput
        All problems of all files at once.
    """
    problems: list[Problem] = []
    templates = {}
    for path in sorted((folder or template_folder()).glob(f"*{ENDING}")):
        try:
            templates[path.stem] = read_template(path)
        except InvalidInput as error:
            problems += error.problems
    if problems:
        raise InvalidInput(problems)
    return templates


def form_titles(folder: Path | None = None) -> dict[str, str]:
    """Return the titles of the forms that hold criteria, by name, without examining what they hold.

    Reading one form takes a thirtieth of a second and a page offers a dozen. A file that cannot be read at
    all bears its own name; `find_template` says what is wrong with it.

    Parameters
    ----------
    folder : Path, optional
        The shipped ones when not given.
    """
    titles = {}
    for path in sorted((folder or template_folder()).glob(f"*{ENDING}")):
        try:
            given = _parsed(path)
        except InvalidInput:
            titles[path.stem] = path.name
            continue
        if given.get("kriteria"):
            titles[path.stem] = str(given.get("judul") or path.name)
    return titles


def find_template(name: str) -> Template:
    """Return a shipped template by name, or any template by the path of its file.

    Raises
    ------
    InvalidInput
        ``template_unknown`` names those there are and the nearest.
    """
    if name.endswith(ENDING) and Path(name).is_file():
        return read_template(Path(name))
    known = {path.stem: path for path in sorted(template_folder().glob(f"*{ENDING}"))}
    if name in known:
        return read_template(known[name])
    nearest = process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=60)
    facts = {"known": tuple(known)} | ({"suggestion": str(nearest[0])} if nearest else {})
    raise InvalidInput([Problem("template_unknown", value=name, facts=facts)])


def read_template(path: Path) -> Template:
    """Read one template.

    Raises
    ------
    InvalidInput
        Everything that is missing, unknown or wrong in the file, at once.
    """
    given = _parsed(path)
    problems = list(_misshapen(given, path.name))
    if problems:
        raise InvalidInput(problems)
    gates, wrong_gates = _gates(given.get("syarat", []), path.name)
    criteria, bands, wrong_tables = _tables(given, path.name)
    rules, wrong_rules = _rules(given.get("aturan", {}), path.name)
    dots, wrong_dots = _dots(given, path.name)
    problems = [*_unsaid(given, path.name), *wrong_gates, *wrong_tables, *wrong_rules, *wrong_dots]
    if problems:
        raise InvalidInput(problems)
    ground = Provenance(
        str(given.get("dasar_hukum", "")).strip(),
        given["tahun"],
        YEAR_WORDS[given["tahun_dari"]],
        str(given.get("sumber", "")).strip(),
        str(given.get("catatan", "")).strip(),
    )
    counting = COUNTING_WORDS[given["cara_hitung"]]
    try:
        return Template(path.stem, given["judul"], counting, ground, criteria, rules, gates, bands, dots)
    except InvalidInput as error:
        raise InvalidInput(
            Problem(problem.code, file=path.name, value=problem.value) for problem in error.problems
        ) from error


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput([Problem("not_toml", file=path.name, facts={"detail": str(error)})]) from error
    except UnicodeDecodeError as error:
        raise InvalidInput([Problem("not_utf8", file=path.name)]) from error


def _misshapen(given: Mapping[str, Any], file: str) -> Iterator[Problem]:
    """Name every unknown key and every value of the wrong kind."""
    for key, value in given.items():
        if key not in KEYS:
            facts: dict[str, object] = {"allowed": tuple(KEYS)}
            yield Problem("template_key_unknown", file=file, column=key, facts=facts)
            continue
        kind, form = KEYS[key]
        lines = value if isinstance(value, list) else []
        right = isinstance(value, kind) and not isinstance(value, bool)
        if not right or not all(isinstance(line, dict) for line in lines):
            facts = {"expected": form}
            text = str(value)
            yield Problem("template_value_of_wrong_kind", file=file, column=key, value=text, facts=facts)


def _unsaid(given: Mapping[str, Any], file: str) -> Iterator[Problem]:
    """Name what a template cannot do without, and words that are not known."""
    for key in NEEDED:
        if not given.get(key):
            yield Problem("template_key_missing", file=file, column=key)
    for key, words in (("cara_hitung", tuple(COUNTING_WORDS)), ("tahun_dari", tuple(YEAR_WORDS))):
        if given.get(key) and given[key] not in words:
            yield Problem("unknown_rule", file=file, column=key, value=given[key], facts={"allowed": words})


def _dots(given: Mapping[str, Any], file: str) -> tuple[DotRule | None, list[Problem]]:
    """Return how many dots everybody has: both numbers for a vote with dots, neither for any other form."""
    if COUNTING_WORDS.get(given.get("cara_hitung", "")) is not Counting.DOT_VOTE:
        return None, [
            Problem("template_dots_not_asked", file=file, column=key) for key in DOT_KEYS if key in given
        ]
    missing = [Problem("template_key_missing", file=file, column=key) for key in DOT_KEYS if key not in given]
    if missing:
        return None, missing
    try:
        return DotRule(*(given[key] for key in DOT_KEYS)), []
    except InvalidInput as error:
        return None, [replace(problem, file=file, column=DOT_KEYS[1]) for problem in error.problems]


def _gates(lines: Sequence[Mapping[str, Any]], file: str) -> tuple[tuple[GateSpec, ...], list[Problem]]:
    gates, problems, seen = [], [], set()
    facts = {"allowed": GATE_KEYS}
    for number, line in enumerate(lines, 1):
        found = [
            Problem("template_key_unknown", column=key, facts=facts) for key in line if key not in GATE_KEYS
        ]
        name = str(line.get("nama", "")).strip()
        if not name:
            found.append(Problem("empty_cell", column="nama"))
        elif name in seen:
            found.append(Problem("duplicate_id", column="nama", value=name))
        seen.add(name)
        gates.append(GateSpec(name, str(line.get("arti", "")).strip()))
        problems += [replace(problem, file=file, sheet="syarat", row=number) for problem in found]
    return tuple(gates), problems


def _tables(given: Mapping[str, Any], file: str) -> tuple[Criteria | None, Bands, list[Problem]]:
    raw = {TABLES[key]: _raw(given[key], file, key) for key in TABLES if given.get(key)}
    reading = read_parsed(raw)
    # In a session folder a further column is kept; in a template it can only be a misspelt key.
    reading.problems += [
        Problem("template_key_unknown", file=file, sheet=note.sheet, column=note.column, facts=_nearest(note))
        for note in reading.notes
        if note.code == "column_unknown"
    ]
    criteria = criteria_of(reading) if "criteria" in raw or "points" in raw else None
    bands = reading.build("bands", Bands.from_table) if "bands" in raw else None
    problems = [problem for problem in reading.problems if problem.severity is Severity.ERROR]
    return criteria, bands or Bands.empty(), problems


def _nearest(note: Problem) -> dict[str, Any]:
    return {name: note.facts[name] for name in ("suggestion",) if name in note.facts}


def _raw(lines: Sequence[Mapping[str, Any]], file: str, sheet: str) -> RawTable:
    """Return the lines as a table of texts whose row numbers count the lines of that kind."""
    header = tuple(dict.fromkeys(key for line in lines for key in line))
    body = pd.DataFrame(
        [[_text(line.get(key, "")) for key in header] for line in lines],
        columns=list(header),
        index=range(1, len(lines) + 1),
        dtype="str",
    )
    return RawTable(file, sheet, header, 0, body)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return str(value).replace(".", ",") if isinstance(value, float) else str(value).strip()


def _rules(given: Mapping[str, Any], file: str) -> tuple[dict[str, Any], list[Problem]]:
    """Return the choices that the file makes, by name; absent ones stay as the session has them."""
    try:
        rules = rules_from_mapping(given, file)
    except InvalidInput as error:
        return {}, list(error.problems)
    names = {key: name for name, key in load_headers().rule_keys.items()}
    return {names[key]: getattr(rules, names[key]) for key in given}, []
