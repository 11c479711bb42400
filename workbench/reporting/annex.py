"""What a report shows on the screen alone: a camat signs a paper, an analyst reads the whole page."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from workbench.present.documents import html_annex, html_table
from workbench.present.i18n import Translator
from workbench.present.table import Table


def screen_only(t: Translator, blocks: Sequence[Markup], names: Sequence[str]) -> Markup:
    """Return blocks that are not printed; on paper a line names them.

    Parameters
    ----------
    t : Translator
    blocks : sequence of Markup
    names : sequence of str
        What the blocks show, as the line on paper says it.
    """
    return html_annex(
        blocks, t("report.screen_only", names=list(dict.fromkeys(name.rstrip(".") for name in names)))
    )


def screen_tables(t: Translator, *tables: Table) -> Markup:
    """Return tables that are not printed; those without rows are left out altogether."""
    shown = [table for table in tables if table.rows]
    return screen_only(t, [html_table(table) for table in shown], [table.caption for table in shown])


def quoted(heading: str) -> str:
    """Return a heading as a sentence names it: a comma of its own parts no list.

    Examples
    --------
    >>> quoted("Mengapa belum lolos, dan apa yang meloloskan")
    '“Mengapa belum lolos, dan apa yang meloloskan”'
    """
    return f"\u201c{heading}\u201d"
