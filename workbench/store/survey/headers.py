"""Which column of an export holds which answer: by name or label, with or without the groups around it."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from workbench.domain.survey import AnswerKind, Question, SurveyForm
from workbench.store.header_matching import normalise
from workbench.store.survey.form_rows import plain_label

IDENTITIES = ("_uuid", "KEY", "meta/instanceID", "instanceID", "_id")
"""Columns that name a submission, the surest first."""
ROWS, PARENT_ROWS, PARENT_TABLES = "_index", "_parent_index", "_parent_table_name"
PARENT_IDENTITIES = ("PARENT_KEY", "_submission__uuid")
VERSIONS = ("__version__", "_version_", "_version", "FormVersion")
ENUMERATORS = frozenset(
    normalise(name)
    for name in (
        "deviceid", "device_id", "username", "subscriberid", "simserial", "simid", "devicephonenum",
        "phonenumber", "email", "_submitted_by", "SubmitterID", "SubmitterName", "_geolocation", "audit",
    )
)  # fmt: skip
"""Columns of the system that lead to a person or a house: never read."""
SYSTEM = frozenset(
    normalise(name)
    for name in (
        *IDENTITIES, ROWS, PARENT_ROWS, PARENT_TABLES, *PARENT_IDENTITIES, *VERSIONS, "start", "end", "today",
        "_submission_time", "_validation_status", "_notes", "_status", "_tags", "_submission__id",
        "_submission__submission_time", "_submission__validation_status", "_submission__notes",
        "_submission__status", "_submission__submitted_by", "_submission__tags",
        "_submission____version__",
        "_submission___version_", "instanceName", "meta/instanceName", "meta/rootUuid", "meta/deprecatedID",
        "formhub/uuid", "SubmissionDate", "AttachmentsPresent", "AttachmentsExpected", "Status",
        "ReviewState", "Edits", "_attachments", "_xform_id_string", "_media_all_received",
        "_bamboo_dataset_id",
    )
)  # fmt: skip
"""Columns that the system adds beside the answers."""


PERSONS = frozenset(
    ("kepala", "keluarga", "kk", "responden", "lengkap", "enumerator", "pewawancara", "orang", "surveyor",
     "petugas", "pendata", "istri", "suami", "anak", "pemilik", "bapak", "ibu")
)  # fmt: skip
"""Words beside which "nama" is the name of a person."""
ALONE = frozenset(
    ("nama", "name", "nama_anda", "responden", "enumerator", "pewawancara", "surveyor", "pendata", "ttd",
     "tanda_tangan", "alamat_rumah", "alamat_lengkap", "tanggal_lahir")
)  # fmt: skip
"""Headers that lead to a person or a house by themselves."""


def names_person(text: str) -> bool:
    """Tell whether a question asks for the name of a person or for a house.

    Examples
    --------
    >>> names_person("Nama Kepala Keluarga"), names_person("nama_desa"), names_person("Nama kegiatan")
    (True, False, False)
    """
    plain = normalise(text)
    words = set(plain.split("_"))
    return plain in ALONE or ("nama" in words and bool(words & PERSONS))


@dataclass(frozen=True)
class Place:
    """What a column holds: the answers to a question, or (`choice`) whether one of its choices was named."""

    question: Question
    choice: str = ""


@dataclass(frozen=True)
class Columns:
    """The columns of one sheet of an export.

    Attributes
    ----------
    answers : mapping of path to position
        Where the answers to a question stand as one text.
    split : mapping of path to mapping of choice to position
        Where each choice of a question has a column of its own.
    system : mapping of normalised name to position
    private : mapping of position to header
        Columns of the system, and answers, that lead to a person or a house.
    unclear : mapping of position to header
        Headers that several questions bear.
    unknown : mapping of position to header
    """

    answers: dict[str, int]
    split: dict[str, dict[str, int]]
    system: dict[str, int]
    private: dict[int, str]
    unclear: dict[int, str]
    unknown: dict[int, str]

    def found(self, *names: str) -> int | None:
        """Return the position of the first of the names that the system wrote."""
        return next((self.system[normalise(name)] for name in names if normalise(name) in self.system), None)


class Spellings:
    """Every way in which an export may head the columns of a form."""

    def __init__(self, form: SurveyForm, confirmed: Collection[str] = ()) -> None:
        self.confirmed = frozenset(map(normalise, confirmed))
        self.written: dict[str, list[Place]] = {}
        self.plain: dict[str, list[Place]] = {}
        self.own_words: set[str] = set()
        for question in form.questions:
            for spelling in _of_question(question):
                self._add(spelling, Place(question))
                self.own_words |= {f"{spelling}_other".casefold()} if question.other else set()
                for choice in question.choices if question.kind is AnswerKind.SEVERAL else ():
                    for label in {choice.name, *filter(None, choice.labels)}:
                        self._add(f"{spelling}/{label}", Place(question, choice.name))

    def _add(self, spelling: str, place: Place) -> None:
        for book, key in ((self.written, spelling.casefold()), (self.plain, normalise(spelling))):
            places = book.setdefault(key, [])
            if place not in places:
                places.append(place)

    def places(self, header: str) -> list[Place]:
        """Return what a header may mean: as written, else by its words alone."""
        text = plain_label(header)
        return self.written.get(text.casefold()) or self.plain.get(normalise(text), [])

    def leads_to_person(self, header: str, place: Place | None) -> bool:
        """Tell whether a column names a person or a house: as the system wrote it, or as it was asked."""
        if normalise(header) in self.confirmed:
            return False
        if place is None:
            return normalise(header) in ENUMERATORS or names_person(header)
        question = place.question
        free = question.kind is AnswerKind.TEXT or question.listed_in  # a file may well list the households
        asked = free and any(map(names_person, (question.name, *question.labels)))
        return question.kind is AnswerKind.LEFT_OUT or bool(asked)

    def known(self, cells: Sequence[str]) -> int:
        """Count the cells that are headers of the form or of the system."""
        return sum(1 for cell in cells if cell and (normalise(cell) in SYSTEM or self.places(cell)))


def _of_question(question: Question) -> Iterator[str]:
    """Yield the name or a label, alone or behind the groups around it, from the innermost outwards."""
    for own in dict.fromkeys(filter(None, (question.name, *question.labels))):
        yield own
        for start in range(len(question.groups)):
            around = [list(dict.fromkeys(filter(None, group))) for group in question.groups[start:]]
            for names in itertools.product(*around):
                yield "/".join([*names, own])


def columns_of(headers: Sequence[str], spellings: Spellings, *, inside: str) -> Columns:
    """Return what the columns of a sheet hold.

    Parameters
    ----------
    headers : sequence of str
    spellings : Spellings
    inside : str
        The repeat that the sheet is of; of two questions of one header the one of this sheet is meant.
    """
    columns = Columns({}, {}, {}, {}, {}, {})
    points: set[str] = set()
    for position, header in enumerate(headers):
        places = spellings.places(header)
        if len(places) > 1:
            places = [place for place in places if place.question.repeat == inside] or places
        place = places[0] if len(places) == 1 else None
        if header and (spellings.leads_to_person(header, place) or _of_point(header, points)):
            columns.private[position] = header
            points |= {normalise(header)} if place else set()
        elif header.casefold() in spellings.own_words:
            columns.system.setdefault(header, position)  # what was written beside the choices: not counted
        elif place is not None:
            _answered(columns, place, position)
        elif header:
            _other(columns, header, position, unclear=bool(places))
    return columns


def _answered(columns: Columns, place: Place, position: int) -> None:
    path = place.question.path
    if place.choice:
        columns.split.setdefault(path, {}).setdefault(place.choice, position)
    else:
        columns.answers.setdefault(path, position)


def _other(columns: Columns, header: str, position: int, *, unclear: bool) -> None:
    if unclear:
        columns.unclear[position] = header
    elif normalise(header) in SYSTEM:
        columns.system.setdefault(normalise(header), position)
    else:
        columns.unknown[position] = header


def _of_point(header: str, points: set[str]) -> bool:
    """Tell whether a column is a part of a point: ``_rumah_latitude``, ``rumah-Longitude``."""
    base, _, part = normalise(header).rpartition("_")
    if part not in ("latitude", "longitude", "altitude", "precision", "accuracy"):
        return False
    return header.startswith("_") or any(point == base or point.endswith(f"_{base}") for point in points)
