"""What the answers behind the weights say, in sentences to be read aloud; no person is ever named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.domain.session import Session
from workbench.engine.pairwise.triads import Triad
from workbench.present.i18n import Translator
from workbench.prioritisation.criterion_weights import Comparisons, CriterionWeights, SiblingWeights

MOST = 3
"""Circles, reversals and judgements that are read out before the rest is only counted."""
WORTH_A_LOOK = 1.25
"""By what factor a judgement must differ from the weights before it is called out."""
FITTING = 0.05
"""Inconsistency of a triad below which nothing is said about it."""
SAME = 1e-6


def weights_sentences(weights: CriterionWeights, t: Translator) -> tuple[str, ...]:
    """Return who answered, and warnings about the method that hold for all criteria."""
    turnout = weights.turnout
    said = []
    if turnout.answered:
        said.append(t("weights.answered", count=turnout.answered))
    if turnout.blank:
        said.append(t("weights.blank", count=turnout.blank))
    if turnout.answered and turnout.absent:
        said.append(t("weights.absent", count=turnout.absent))
    if weights.method == "column_mean":
        said.append(t("weights.column_mean"))
    return tuple(said)


def sibling_sentences(
    group: SiblingWeights, session: Session, minimum_group: int, t: Translator
) -> tuple[str, ...]:
    """Return what is to be said about one set of siblings, most important first.

    Parameters
    ----------
    group : SiblingWeights
    session : Session
        For the names of the criteria.
    minimum_group : int
        Fewer people than this are never counted apart.
    t : Translator
    """
    said = []
    if group.method == "direct":
        said.append(t("weights.group_declared"))
    if group.set_aside:
        said.append(t("weights.set_aside", count=group.set_aside, answered=group.answered))
    if group.comparisons is not None:
        names = {str(label): str(name) for label, name in session.criteria.members["name"].items()}
        said += comparison_sentences(group.comparisons, names, minimum_group, t)
    return tuple(said)


def comparison_sentences(
    found: Comparisons, names: dict[str, str], minimum_group: int, t: Translator
) -> tuple[str, ...]:
    """Return what pairwise comparisons say about themselves, most important first."""
    return (
        *ratio_sentences(found, t),
        *_individuals(found, minimum_group, t),
        *_listed(list(_circles(found, names, t)), "weights.more_circles", t),
        *_listed(list(_reversals(found, names, t)), "weights.more_reversals", t),
        *_triad(found.triad, names, t),
        *_reviews(found, names, t),
        *_methods(found, names, t),
    )


def ratio_sentences(found: Comparisons, t: Translator) -> Iterator[str]:
    """Say the consistency ratio with its table, its threshold and what it means; then the geometric index."""
    ratio, index = found.consistency, found.random_index
    if ratio.n < 3:
        yield t("weights.two")
        return
    if index is None:
        table = t(f"rule_short.random_index.{ratio.table}")
        yield t("weights.ratio", cr=ratio.cr, threshold=ratio.threshold, n=ratio.n, table=table)
    elif index.method == "tree":
        yield t("weights.tree", count=found.unanswered)
        return
    else:
        yield t(
            "weights.ratio_incomplete",
            count=found.unanswered,
            cr=ratio.cr,
            threshold=ratio.threshold,
            index=index.value,
            error=index.standard_error,
            samples=index.samples,
            seed=str(index.seed),
        )
    yield t("weights.ratio_fits" if ratio.acceptable else "weights.ratio_talk")
    if found.geometric is not None:
        yield t("weights.geometric", gci=found.geometric.gci, threshold=found.geometric.threshold)


def _individuals(found: Comparisons, minimum: int, t: Translator) -> Iterator[str]:
    """Say how many people contradict themselves; never a number of people under the smallest group."""
    people, above = len(found.individual_ratios), found.above_threshold
    if found.consistency.n < 3 or not people:
        return
    if people < minimum:
        yield t("weights.individuals_few", minimum=minimum)
    elif above == 0:
        yield t("weights.individuals_none", people=people)
    elif above < minimum:
        yield t("weights.individuals_under", people=people, minimum=minimum)
    elif 0 < people - above < minimum:
        yield t("weights.individuals_most", people=people)
    else:
        yield t("weights.individuals", people=people, share=above / people)


def _circles(found: Comparisons, names: dict[str, str], t: Translator) -> Iterator[str]:
    for circle in found.contradictions:
        a, b, c = (names[str(label)] for label in circle.items)
        steps = [
            t("weights.over" if judgement > 1 + SAME else "weights.level", first=first, second=second)
            for judgement, (first, second) in zip(circle.judgements, ((a, b), (b, c), (c, a)), strict=True)
        ]
        yield t("weights.circle", first=steps[0], second=steps[1], third=steps[2])


def circle_sentence(circle: Sequence[str], t: Translator) -> str:
    """Say a circle of preferences of any length, as names; the pair just answered stands in front.

    Examples
    --------
    >>> from workbench.present.i18n import translator
    >>> circle_sentence(("Manfaat", "Mendesak", "Lahan"), translator("en"))[:60]
    'This goes round in a circle: Manfaat is more important than '
    """
    steps = [
        t("weights.over", first=first, second=second)
        for first, second in zip(circle, (*circle[1:], circle[0]), strict=True)
    ]
    return t("weights.circle_now", steps="; ".join(steps))


def _reversals(found: Comparisons, names: dict[str, str], t: Translator) -> Iterator[str]:
    for one in found.violations:
        yield t("weights.reversal", first=names[str(one.first)], second=names[str(one.second)])


def _triad(triad: Triad | None, names: dict[str, str], t: Translator) -> Iterator[str]:
    if triad is None or triad.inconsistency < FITTING:
        return
    a, b, c = (names[str(label)] for label in triad.items)
    yield t(
        "weights.triad",
        first=times(a, b, triad.first_second, t),
        second=times(b, c, triad.second_third, t),
        implied=times(a, c, triad.implied, t),
        answered=times(a, c, triad.first_third, t),
    )


def _reviews(found: Comparisons, names: dict[str, str], t: Translator) -> Iterator[str]:
    for review in found.reviews:
        if review.exceeds < WORTH_A_LOOK:
            continue
        first, second = names[str(review.first)], names[str(review.second)]
        yield t(
            "weights.review",
            answered=times(first, second, review.judgement, t),
            implied=times(first, second, review.implied, t),
            suggestion=scale_value(review.suggestion),
            first=first,
            second=second,
            cr=review.cr_after,
        )


def _methods(found: Comparisons, names: dict[str, str], t: Translator) -> Iterator[str]:
    for heavier, lighter in found.order_changes[:MOST]:
        yield t("weights.order_differs", first=names[heavier], second=names[lighter])


def _listed(sentences: Sequence[str], more: str, t: Translator) -> list[str]:
    if len(sentences) <= MOST:
        return list(sentences)
    return [*sentences[:MOST], t.with_facts(more, {"count": len(sentences) - MOST})]


def times(first: str, second: str, value: float, t: Translator) -> str:
    """Say how many times one is as important as the other, the heavier one first.

    Examples
    --------
    >>> from workbench.present.i18n import translator
    >>> times("Mendesak", "Lahan", 1 / 3, translator("en"))
    'Lahan is 3.0 times as important as Mendesak'
    """
    if abs(value - 1) < 0.05:
        return t("weights.level", first=first, second=second)
    if value < 1:
        return t("weights.times", first=second, second=first, value=1 / value)
    return t("weights.times", first=first, second=second, value=value)


def scale_value(value: float) -> str:
    """Write a value of the scale the way it is answered: 3 or 1/3.

    Examples
    --------
    >>> scale_value(3.0), scale_value(1 / 3)
    ('3', '1/3')
    """
    return f"{value:g}" if value >= 1 else f"1/{1 / value:g}"
