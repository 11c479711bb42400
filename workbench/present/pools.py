"""Pools in words: their names, and what is said before rankings that stand apart."""

from __future__ import annotations

from workbench.present.i18n import Translator
from workbench.prioritisation import PooledOutcome


def pool_name(pool: str, t: Translator) -> str:
    """Return the name of a pool as a heading; proposals without one have words of their own."""
    return t("pool.name", pool=pool) if pool else t("pool.none")


def pool_sentences(pooled: PooledOutcome, t: Translator) -> tuple[str, ...]:
    """Return which pools are ranked apart, and the money lines that name no pool; nothing where together."""
    if not pooled.apart:
        return ()
    said = [t("pool.intro", pools=[pool or t("pool.none") for pool in pooled.outcomes])]
    if pooled.common_ceiling is not None:
        said.append(t("pool.common_ceiling", amount=pooled.common_ceiling))
    if pooled.common_earmarked:
        said.append(t("pool.common_earmarked", amount=pooled.common_earmarked))
    return tuple(said)
