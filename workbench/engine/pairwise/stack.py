"""The judgements of a room: one matrix per participant over the same labels, in the log domain."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.pairwise.matrix import LogMatrix, log_matrix, sorted_positions
from workbench.errors import InvalidValue, same_labels

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class JudgementStack:
    """Everybody's checked judgements, sorted by participant and label.

    Attributes
    ----------
    participants : Index
        Sorted participants; the first axis of `logs`.
    labels : Index
        Labels in the order of the first participant's matrix, for results.
    names : tuple
        Sorted labels; the other axes of `logs`.
    logs : array of shape (participants, n, n)
        Antisymmetric logarithms, NaN where that participant did not answer, 0 on the diagonal. Read-only.
    """

    participants: pd.Index
    labels: pd.Index
    names: tuple[Any, ...]
    logs: FloatArray

    def __post_init__(self) -> None:
        self.logs.setflags(write=False)

    @property
    def answered(self) -> NDArray[np.bool_]:
        """True where a participant compared a pair, False on the diagonal."""
        return ~np.isnan(self.logs) & ~np.eye(len(self.names), dtype=bool)

    def read(self, logs: FloatArray) -> LogMatrix:
        """Label one (n, n) log matrix of this stack."""
        return LogMatrix(self.labels, sorted_positions(self.labels), logs)

    def matrix_of(self, participant: object) -> pd.DataFrame:
        """Return the judgements of one participant as a frame."""
        logs = self.logs[_place(self.participants, participant, "participant")]
        return self.read(logs).frame(np.exp(logs))

    def with_answer(self, participant: object, first: object, second: object, value: float) -> JudgementStack:
        """Return a stack in which one participant's judgement of one pair is replaced.

        Parameters
        ----------
        value : float
            How many times `first` is preferred to `second`; NaN withdraws the answer.

        Raises
        ------
        InvalidValue
            ``unknown_label``, ``judgement_not_positive`` or ``judgement_of_itself``.
        """
        person = _place(self.participants, participant, "participant")
        names = pd.Index(self.names)
        i, j = (_place(names, label, "label") for label in (first, second))
        if i == j:
            raise InvalidValue("judgement_of_itself", label=first)
        if not (math.isnan(value) or 0 < value < math.inf):
            raise InvalidValue("judgement_not_positive", value=value)
        logs = self.logs.copy()
        logs[person, i, j] = math.log(value)
        logs[person, j, i] = -logs[person, i, j]
        return replace(self, logs=logs)


def _place(index: pd.Index, label: object, what: str) -> int:
    if label not in index:
        raise InvalidValue("unknown_label", what=what, label=label, known=tuple(index))
    return int(np.flatnonzero(index == label)[0])


def stack_judgements(matrices: Mapping[Any, pd.DataFrame]) -> JudgementStack:
    """Check everybody's matrix and stack them.

    Parameters
    ----------
    matrices : mapping of participant to DataFrame
        Judgements over the same labels in any order; NaN where that participant did not answer.

    Raises
    ------
    InvalidValue
        ``nobody_answered``: there is no matrix.
    LabelMismatch
        A participant's labels differ from the others'; the message names the participant.
    InvalidInput
        A matrix is not what it should be.

    Examples
    --------
    >>> one = pd.DataFrame([[1, 3], [1/3, 1]], ["need", "cost"], ["need", "cost"])
    >>> stack_judgements({"Siti": one, "Budi": one.T}).participants.tolist()
    ['Budi', 'Siti']
    """
    if not matrices:
        raise InvalidValue("nobody_answered")
    participants = sorted(matrices, key=str)
    labels = next(iter(matrices.values())).index
    read = {participant: log_matrix(matrices[participant]) for participant in participants}
    for participant in participants:
        same_labels(f"judgements of {participant}", labels, read[participant].labels)
    names = read[participants[0]].names
    logs = np.stack([read[participant].logs for participant in participants])
    return JudgementStack(pd.Index(participants), labels, names, logs)


def participant_voices(participants: pd.Index, weights: pd.Series[float] | None) -> FloatArray:
    """Return voices that sum to one, in the order of the participants; refuse negative or missing ones."""
    if weights is None:
        return np.full(len(participants), 1 / len(participants))
    same_labels("weights of participants", participants, weights.index)
    given = weights[list(participants)].to_numpy(dtype=float)
    if not (np.isfinite(given).all() and (given >= 0).all() and given.sum() > 0):
        wrong = participants[~(np.isfinite(given) & (given >= 0))]
        raise InvalidValue("invalid_weights", participants=tuple(wrong), total=float(given.sum()))
    return np.asarray(given / given.sum())


def stack_answers(answers: pd.DataFrame, labels: Iterable[Any]) -> JudgementStack:
    """Stack a table of answers without a matrix per person, for rooms of a thousand.

    Parameters
    ----------
    answers : DataFrame
        Columns ``participant``, ``first``, ``second``, ``value``: positive, between two of the labels, and
        without contradictory second answers (the caller has checked it). Missing values are no answers; a
        pair that one person answered twice counts once, by the mean of the logarithms.
    labels : iterable
        All labels, in the order wanted.

    Raises
    ------
    InvalidValue
        ``nobody_answered``.

    Examples
    --------
    >>> columns = ["participant", "first", "second", "value"]
    >>> answers = pd.DataFrame([("Siti", "need", "cost", 4.0)], columns=columns)
    >>> stack_answers(answers, ["need", "cost"]).matrix_of("Siti").loc["cost", "need"]
    np.float64(0.25)
    """
    given = answers[answers["value"].notna()]
    if given.empty:
        raise InvalidValue("nobody_answered")
    index = pd.Index(list(labels))
    names = [index[position] for position in sorted_positions(index)]
    participants = pd.Index(sorted(given["participant"].unique(), key=str))
    # Sorted by content, so that the order in which answers came in cannot change a bit.
    given = given.sort_values(["participant", "first", "second", "value"], kind="stable")
    place = pd.Index(names)
    who = participants.get_indexer(given["participant"])
    i, j = place.get_indexer(given["first"]), place.get_indexer(given["second"])
    logs = np.log(given["value"].to_numpy(dtype=float))
    total = np.zeros((len(participants), len(names), len(names)))
    count = np.zeros_like(total)
    for first, second, sign in ((i, j, 1.0), (j, i, -1.0)):
        np.add.at(total, (who, first, second), sign * logs)
        np.add.at(count, (who, first, second), 1.0)
    with np.errstate(invalid="ignore"):
        mean = total / count
    mean[:, np.arange(len(names)), np.arange(len(names))] = 0.0
    return JudgementStack(participants, index, tuple(names), mean)
