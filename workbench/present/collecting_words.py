"""How the points were collected, in words: for the minutes, the summary and whoever reads the paper later."""

from __future__ import annotations

from workbench.deliberation import Collected, Source, collected
from workbench.domain.session import Session
from workbench.present.i18n import Translator


def collecting_sentences(session: Session, t: Translator) -> tuple[str, ...]:
    """Return a sentence for each source of each round, and what a group's card means where there is one."""
    found = collected(session)
    sentences = [_sentence(one, t) for one in found]
    if any(one.source is Source.GROUPS for one in found):
        sentences.append(t("collected.groups.meaning"))
    return tuple(sentences)


def _sentence(one: Collected, t: Translator) -> str:
    return t(f"collected.{one.source.value}", round=one.round, count=one.cards, name=one.name)
