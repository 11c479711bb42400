"""The sheet of a berita acara that says what a further round moved; none where there was one round."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.present.counted_words import counted_table
from workbench.present.i18n import Translator
from workbench.present.minutes.material import Material
from workbench.present.paper.document import Block, Grid, Heading, Paragraph
from workbench.present.pools import pool_name
from workbench.present.rounds_words import changes_sentences, changes_table


def round_blocks(material: Material, t: Translator) -> Iterator[Block]:
    """Yield tables of before and now, list by list, and what they say; nothing of lists with one round.

    Parameters
    ----------
    material : Material
    t : Translator
    """
    for pool, one in material.lists.items():
        if one.changes is None and material.counted is None:
            continue
        if len(material.lists) > 1:
            yield Heading(pool_name(pool, t), 2)
        if one.changes is not None:
            yield Grid(changes_table(one.changes, one.session, t))
            yield from map(Paragraph, changes_sentences(one.changes, one.session, t))
        if material.counted is not None:
            names = {str(k): str(v) for k, v in one.session.proposals.frame["activity"].items()}
            yield Grid(counted_table(material.counted, names, t))
