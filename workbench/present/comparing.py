"""What the room sees while it compares criteria: the pair, large, and what its answers say so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from markupsafe import Markup

from workbench.engine.pairwise.incomplete import IncompleteConsistency
from workbench.present.i18n import Translator
from workbench.present.weights import circle_sentence
from workbench.prioritisation.questions import Asking

INK, ACCENT, WARNING = "#1a1a1a", "#0b4f8a", "#c8451b"
PAIR = Markup(
    '<div style="display:flex;gap:32px;align-items:center;color:{};line-height:1.15">'
    '<div style="flex:1;font-size:44px;color:{}">{}</div><div style="font-size:28px">{}</div>'
    '<div style="flex:1;font-size:44px;color:{};text-align:right">{}</div></div>'
)
BAR = 320
"""Width of a weight of one in pixels."""


def pair_html(asking: Asking, names: Mapping[str, str], t: Translator) -> Markup:
    """Return the pair that is asked, large enough for the back row, and what is left.

    Parameters
    ----------
    asking : Asking
    names : mapping of label to name
    t : Translator
    """
    lines = []
    if asking.pair is None:
        lines.append(Markup('<p style="font-size:32px;margin:0">{}</p>').format(t("compare.done")))
    else:
        first, second = (names[label] for label in asking.pair)
        lines.append(Markup('<p style="font-size:28px;margin:0">{}</p>').format(t("compare.question")))
        lines.append(PAIR.format(INK, ACCENT, first, t("compare.or"), ACCENT, second))
        lines.append(Markup("<p>{}</p>").format(t("compare.remaining", count=asking.remaining)))
    if asking.settled and asking.remaining:
        heavier = [names[label] for label in asking.first]
        lines.append(Markup("<p><strong>{}</strong></p>").format(t("compare.may_stop", names=heavier)))
    return Markup("").join(lines)


def comparing_html(
    weights: pd.Series,
    found: IncompleteConsistency | None,
    circle: Sequence[str],
    names: Mapping[str, str],
    t: Translator,
) -> Markup:
    """Return the circle that the latest answer closes, the consistency so far, and the weights as bars.

    Parameters
    ----------
    weights : Series
        Local weight by label; missing values as long as the answers do not link all criteria.
    found : IncompleteConsistency or None
    circle : sequence of labels
    names : mapping of label to name
    t : Translator
    """
    lines = []
    if circle:
        said = circle_sentence([names[label] for label in circle], t)
        lines.append(Markup('<p role="alert" style="font-size:28px;color:{}">{}</p>').format(WARNING, said))
    lines.append(Markup('<p style="font-size:28px;margin:8px 0">{}</p>').format(_ratio(found, t)))
    if weights.notna().all():
        ordered = weights.sort_index().sort_values(ascending=False, kind="stable")
        lines += [_bar(names[str(label)], float(share), t) for label, share in ordered.items()]
    return Markup("").join(lines)


def _ratio(found: IncompleteConsistency | None, t: Translator) -> str:
    if found is None:
        return t("compare.not_linked")
    ratio, index = found.consistency, found.random_index
    if ratio.n < 3:
        return t("weights.two")
    if index.value == 0:
        return t("compare.nothing_to_contradict")
    word = t("compare.fits" if ratio.acceptable else "compare.talk")
    return t("compare.ratio", cr=ratio.cr, threshold=ratio.threshold, word=word)


def _bar(name: str, share: float, t: Translator) -> Markup:
    return Markup(
        '<div style="display:flex;gap:12px;align-items:center;font-size:28px">'
        '<span style="width:520px">{}</span>'
        '<span style="background:{};height:28px;width:{}px"></span><span>{}</span></div>'
    ).format(name, ACCENT, round(BAR * share), t.style.percent(share, 0))
