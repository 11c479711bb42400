"""One group result from many people's judgements or weights.

Geometric mean of judgements (AIJ) is for a group that acts as one; the arithmetic mean of individual weights
(AIP) is for many separate voices (Forman & Peniwati 1998). The median shows what one extreme person cannot
move.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.engine.pairwise.kernels import exp_normalised, laplacian_kernel, mean_logs
from workbench.engine.pairwise.stack import JudgementStack, participant_voices, stack_judgements
from workbench.engine.pairwise.weights import refuse_disconnected
from workbench.errors import DisconnectedJudgements, same_labels

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class GroupJudgements:
    """The pooled judgements of a group with who stands behind them.

    Attributes
    ----------
    matrix : DataFrame
        Weighted geometric mean of the answers to each pair, over those who answered it; NaN if nobody did.
    counts : DataFrame
        How many people answered each pair (0 on the diagonal).
    shares : DataFrame
        Sum of the participants' voices behind each pair: 1 where everybody answered.
    spread : DataFrame
        Weighted standard deviation of the log answers: 0 where all agree or one answered, NaN if nobody did.
    voices : Series
        The weight of each participant, summing to one.
    silent : tuple
        Participants who answered nothing; they move no pair.
    """

    matrix: pd.DataFrame
    counts: pd.DataFrame
    shares: pd.DataFrame
    spread: pd.DataFrame
    voices: pd.Series[float]
    silent: tuple[Any, ...]


def aggregate_judgements(
    matrices: Mapping[Any, pd.DataFrame], weights: pd.Series[float] | None = None
) -> pd.DataFrame:
    """Take the weighted geometric mean of everybody's judgements (AIJ).

    Parameters
    ----------
    matrices : mapping of participant to DataFrame
        Judgements over the same labels; NaN where not answered, which counts for nothing.
    weights : Series, optional
        Voice of each participant, not negative, some positive; None gives everybody the same.

    Returns
    -------
    DataFrame
        Labels by labels, reciprocal; NaN where nobody answered. `group_judgements` also keeps the counts.

    Raises
    ------
    InvalidValue
        ``nobody_answered``, or ``invalid_weights`` (negative, missing or summing to zero).
    LabelMismatch
        Labels differ between participants, or the weights name other participants.

    References
    ----------
    Aczel & Saaty (1983).

    Examples
    --------
    >>> one = pd.DataFrame([[1, 4], [1/4, 1]], ["need", "cost"], ["need", "cost"])
    >>> aggregate_judgements({"Siti": one, "Budi": one.T}).round(9).to_numpy().tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    return group_judgements(stack_judgements(matrices), weights).matrix


def group_judgements(stack: JudgementStack, weights: pd.Series[float] | None = None) -> GroupJudgements:
    """Pool the judgements of a stack and keep counts, spread, voices and who was silent."""
    voices = participant_voices(stack.participants, weights)
    answered = stack.answered
    logs, shares = _pooled(stack, voices)
    deviations = np.where(answered, stack.logs - logs, 0.0)
    squares = np.einsum("p,pij->ij", voices, deviations**2)
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = np.sqrt(squares / shares)
    np.fill_diagonal(spread, 0.0)
    read = stack.read(logs)
    silent = stack.participants[np.flatnonzero(~answered.any(axis=(1, 2)))]
    return GroupJudgements(
        matrix=read.frame(np.exp(logs)),
        counts=read.frame(answered.sum(axis=0)),
        shares=read.frame(shares),
        spread=read.frame(spread),
        voices=pd.Series(voices, index=stack.participants, name="voice"),
        silent=tuple(silent),
    )


def _pooled(stack: JudgementStack, voices: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the pooled log matrix and the share of the voices behind each pair."""
    known = ~np.isnan(stack.logs)
    if known.all():
        shares = np.full(known.shape[1:], voices.sum())
        answers = stack.logs
    else:
        shares = np.einsum("p,pij->ij", voices, known)
        answers = np.where(known, stack.logs, 0.0)
    np.fill_diagonal(shares, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        logs = np.einsum("p,pij->ij", voices, answers) / shares
    # Exactly antisymmetric: the lower half is the negative of the upper.
    upper = np.triu(logs, 1)
    return np.asarray(upper - upper.T), shares


def group_weights(stack: JudgementStack, weights: pd.Series[float] | None = None) -> pd.Series[float]:
    """Weigh by one least squares over everybody's answers, each with the participant's voice.

    With complete answers this is the geometric mean of the pooled matrix and, at once, the normalised
    geometric mean of the individual weights (Barzilai & Golany 1994). With missing answers every answer
    counts once, so a pair that many answered weighs more than one that few did.

    Parameters
    ----------
    stack : JudgementStack
    weights : Series, optional
        Voice of each participant.

    Returns
    -------
    Series
        Weight by label, summing to one.

    Raises
    ------
    DisconnectedJudgements
        All answers together do not link all labels.

    Examples
    --------
    >>> labels = ["need", "cost", "land"]
    >>> siti = pd.DataFrame([[1, 2, np.nan], [0.5, 1, np.nan], [np.nan, np.nan, 1]], labels, labels)
    >>> budi = pd.DataFrame([[1, np.nan, np.nan], [np.nan, 1, 2], [np.nan, 0.5, 1]], labels, labels)
    >>> group_weights(stack_judgements({"Siti": siti, "Budi": budi})).round(4).to_dict()
    {'need': 0.5714, 'cost': 0.2857, 'land': 0.1429}
    """
    return _pooled_weights(stack, participant_voices(stack.participants, weights))


def _pooled_weights(stack: JudgementStack, voices: FloatArray) -> pd.Series[float]:
    logs, shares = _pooled(stack, voices)
    read = stack.read(logs)
    refuse_disconnected(read, shares)
    return read.series(exp_normalised(laplacian_kernel(np.nan_to_num(read.logs), shares)), "weight")


def individual_weights(stack: JudgementStack) -> pd.DataFrame:
    """Weigh everybody's own answers by least squares.

    Returns
    -------
    DataFrame
        Participants by labels; each row sums to one.

    Raises
    ------
    DisconnectedJudgements
        Somebody's answers do not link all labels; the facts name the ``participant`` and the components.
    """
    answered = stack.answered
    complete = answered.sum(axis=(1, 2)) == len(stack.names) * (len(stack.names) - 1)
    values = np.empty(stack.logs.shape[:2])
    values[complete] = mean_logs(stack.logs[complete])
    if not complete.all():
        for place in np.flatnonzero(~complete).tolist():
            refuse_disconnected(
                stack.read(stack.logs[place]), answered[place], participant=stack.participants[place]
            )
        partial = np.nan_to_num(stack.logs[~complete])
        values[~complete] = laplacian_kernel(partial, answered[~complete].astype(float))
    frame = pd.DataFrame(exp_normalised(values), index=stack.participants, columns=list(stack.names))
    return frame[list(stack.labels)]


def median_judgements(matrices: Mapping[Any, pd.DataFrame]) -> pd.DataFrame:
    """Take the median of the log judgements of those who answered each pair.

    One extreme person among thirty moves its weights half as much as those of the geometric mean. Voices are
    equal: a median has no weights here.

    Returns
    -------
    DataFrame
        Labels by labels, reciprocal; NaN where nobody answered.

    Examples
    --------
    >>> labels = ["need", "cost"]
    >>> answers = {v: pd.DataFrame([[1, v], [1 / v, 1]], labels, labels) for v in (2, 3, 9)}
    >>> median_judgements(answers).round(6).loc["need", "cost"]
    np.float64(3.0)
    """
    stack = stack_judgements(matrices)
    answered = stack.answered.any(axis=0)
    medians = np.full(answered.shape, np.nan)
    np.fill_diagonal(medians, 0.0)
    for i, j in np.argwhere(np.triu(answered)):
        medians[i, j] = np.nanmedian(stack.logs[:, i, j])
        medians[j, i] = -medians[i, j]
    return stack.read(medians).frame(np.exp(medians))


def leave_one_group_out(
    stack: JudgementStack, groups: pd.Series[str], weights: pd.Series[float] | None = None
) -> pd.DataFrame:
    """Weigh the room again without each group of participants: whose voice makes the difference.

    Parameters
    ----------
    stack : JudgementStack
    groups : Series
        Group by participant.
    weights : Series, optional
        Voice of each participant.

    Returns
    -------
    DataFrame
        Group left out by label; a row is NaN where the others' answers do not link all labels or nobody is
        left.
    """
    same_labels("groups of participants", stack.participants, groups.index)
    voices = participant_voices(stack.participants, weights)
    groups_in_order = groups[list(stack.participants)].to_numpy()
    rows = {
        group: _weights_or_nan(stack, voices * (groups_in_order != group))
        for group in sorted(groups.unique(), key=str)
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(stack.labels))


def _weights_or_nan(stack: JudgementStack, voices: FloatArray) -> list[float]:
    try:
        return _pooled_weights(stack, voices).tolist()
    except DisconnectedJudgements:
        return [float("nan")] * len(stack.labels)
