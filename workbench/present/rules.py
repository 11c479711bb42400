"""The rules (aturan main), every choice as a sentence to be read aloud before anything is scored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from workbench.domain.rules import LAST_ROUND, NAMES, Rules, matters
from workbench.engine.allocation.program import patience_for, steps_in
from workbench.present.i18n import Translator


def spoken(rules: Rules) -> tuple[str, ...]:
    """Return the names of the choices that matter under these rules, in the order they are read aloud."""
    return tuple(name for name in NAMES if matters(name, rules))


def rules_sentences(rules: Rules, t: Translator) -> tuple[str, ...]:
    """Return one sentence for every choice that matters, in the order they are read aloud.

    Examples
    --------
    >>> from workbench.present.i18n import translator
    >>> rules_sentences(Rules(stage="Musrenbang Kecamatan"), translator("en"))[-2][:33]
    'Only proposals of the stage Musre'
    """
    return tuple(rule_sentence(name, rules, t) for name in spoken(rules))


def rule_sentence(name: str, rules: Rules, t: Translator) -> str:
    """Return the sentence of one choice.

    Raises
    ------
    KeyError
        When the choice or its value has no sentence.
    """
    return SENTENCES[name](rules, t) if name in SENTENCES else t(f"rule.{name}.{getattr(rules, name)}")


def rules_in_short(rules: Rules, t: Translator) -> str:
    """Return the rules that shape the outcome most in one sentence, for a one-page summary."""
    named = ("weighting", "aggregation", "scoring", "budget_rule")
    words = {name: t(f"rule_short.{name}.{getattr(rules, name)}") for name in named}
    ties = (
        t("rule_short.ties.keys" if len(rules.ties) > 1 else "rule_short.ties.key", count=len(rules.ties))
        if rules.ties
        else t("rule_short.ties.none", count=0)
    )
    return t("summary.rules", ties=ties, **words)


def _round(rules: Rules, t: Translator) -> str:
    return t("rule.round.last") if rules.round == LAST_ROUND else t("rule.round.limit", round=rules.round)


def _most_rounds(rules: Rules, t: Translator) -> str:
    return t("rule.most_rounds.sentence", rounds=rules.most_rounds)


def _ties(rules: Rules, t: Translator) -> str:
    if not rules.ties:
        return t("rule.ties.none")
    steps = [
        t("rule.ties.step", number=number, key=t(f"tie.{key}"))
        for number, key in enumerate(rules.ties, start=1)
    ]
    return t("rule.ties.order", keys="; ".join(steps))


def _lot(rules: Rules, t: Translator) -> str:
    if "lot" not in rules.ties:
        return t("rule.lot_seed.none")
    return t("rule.lot_seed.drawn", seed=rules.lot_seed)


def _stage(rules: Rules, t: Translator) -> str:
    return t("rule.stage.one", stage=rules.stage) if rules.stage else t("rule.stage.all")


def _minimum_group(rules: Rules, t: Translator) -> str:
    return t("rule.minimum_group.sentence", people=rules.minimum_group)


def _completion_step(rules: Rules, t: Translator) -> str:
    return t("rule.completion_step.sentence", step=rules.completion_step)


def _quota(rules: Rules, t: Translator) -> str:
    return t("rule.quota.sentence", quota=rules.quota)


def _plan_gap(rules: Rules, t: Translator) -> str:
    return t("rule.plan_gap.share", gap=rules.plan_gap) if rules.plan_gap else t("rule.plan_gap.proof")


def _plan_seconds(rules: Rules, t: Translator) -> str:
    seconds = rules.plan_seconds
    return t("rule.plan_seconds.sentence", steps=steps_in(seconds), seconds=patience_for(seconds))


SENTENCES: Mapping[str, Callable[[Rules, Translator], str]] = MappingProxyType(
    {
        "round": _round,
        "most_rounds": _most_rounds,
        "ties": _ties,
        "lot_seed": _lot,
        "completion_step": _completion_step,
        "quota": _quota,
        "plan_gap": _plan_gap,
        "plan_seconds": _plan_seconds,
        "stage": _stage,
        "minimum_group": _minimum_group,
    }
)
"""Choices whose value is no name of a registry; the others have one sentence for each name."""
