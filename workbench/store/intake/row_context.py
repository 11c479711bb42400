"""What a row does not say itself: the heading above it, the place in a title, the first row of its part."""

from __future__ import annotations

import pandas as pd

from workbench.errors import Problem, Severity
from workbench.store.intake.cells_read import Ledger
from workbench.store.intake.layouts import Layout
from workbench.store.intake.places import names_in_text
from workbench.store.intake.stacking import Stacked

ABOVE = (("desa", "village"), ("kecamatan", "district"), ("tahun", "year"), ("opd_tujuan", "agency"))
"""Fields that the title lines give where the list has no column for them."""


def with_context(stack: Stacked, layout: Layout, ledger: Ledger) -> pd.DataFrame:
    """Return the fields with what is written once for many rows."""
    texts = stack.fields.copy()
    for name in layout.fill_down:
        if name in texts:
            texts[name] = _filled_down(texts[name], stack, stack.headers.get(name, name), ledger)
    sections = stack.origin["section"]
    if (sections != "").any():
        own = texts["bidang"] if "bidang" in texts else pd.Series("", index=texts.index, dtype="str")
        texts["bidang"] = own.where(own != "", sections)
    for header, fact in ABOVE:
        above = stack.origin.get(f"fact_{fact}")
        if above is not None and header not in texts:
            texts[header] = above.astype("str")
    for name, value in layout.constants.items():
        if name not in texts:
            texts[name] = value
    return texts


def _filled_down(texts: pd.Series[str], stack: Stacked, header: str, ledger: Ledger) -> pd.Series[str]:
    filled = texts.where(texts != "").groupby(stack.origin["sheet"]).ffill().fillna("").astype("str")
    count = int((filled != texts).sum())
    if count:
        facts = {"count": count}
        note = Problem("filled_from_above", Severity.NOTE, stack.file, column=header, facts=facts)
        ledger.problems.append(note)
    return filled


def places_of(texts: pd.DataFrame, stack: Stacked, layout: Layout) -> pd.DataFrame:
    """Return what each row says of its place, from its columns or from a sentence."""
    empty = pd.Series("", index=texts.index, dtype="str")
    places = pd.DataFrame(
        {
            "code": texts.get("kode_wilayah", empty),
            "district": texts.get("kecamatan", empty),
            "village": texts.get("desa", empty),
            "sheet": stack.origin["sheet"],
            "row": stack.origin["row"],
        }
    )
    name = "desa" if "desa" in stack.headers else "kecamatan"
    for source in layout.from_text.get("tempat", ()):
        key = next(
            (key for key, header in stack.headers.items() if header.casefold().startswith(source.casefold())),
            "",
        )
        column = stack.fields.get(key, stack.extra.get(key))
        if column is None:
            continue
        name = key if name not in stack.headers else name
        said = {text: names_in_text(text) for text in column.unique()}
        for place, which in ((0, "district"), (1, "village")):
            found = column.map(lambda text, place=place, said=said: said[text][place])
            places[which] = places[which].where(places[which] != "", found)
    places["header_code"] = stack.headers.get("kode_wilayah", "kode_wilayah")
    places["header_name"] = stack.headers.get(name, name)
    return places
