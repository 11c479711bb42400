"""How far ways of ranking agree, in words and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.deliberation import MethodOrders, MethodsFound
from workbench.deliberation.methods import MOST
from workbench.domain.proposals import Proposals
from workbench.present.format import EMPTY
from workbench.present.i18n import Translator
from workbench.present.table import ColumnSpec, Table, columns_of, rows_of

MOST_NAMES = 5
"""Proposals that are named where the methods differ; the table beside names all."""
CLOSE, FAIR = 0.9, 0.7
"""Kendall's tau from which methods are called nearly alike, and largely alike."""


def methods_sentences(found: MethodsFound, proposals: Proposals, t: Translator) -> tuple[str, ...]:
    """Return how far the methods agree on every list of a room."""
    if not found.lists and not found.too_long:
        return (t("methods.none" if found.people else "deliberation.no_cards"),)
    said: list[str] = []
    for number, one in enumerate(found.lists, 1):
        if len(found.lists) > 1:
            said.append(t("methods.list", number=number, proposals=len(one.ranks), givers=one.givers))
        said += orders_sentences(one, proposals, t)
    if found.too_long:
        said.append(t("methods.too_long", count=found.too_long, most=MOST))
    if found.left_out:
        said.append(t("methods.left_out", count=found.left_out))
    return tuple(said)


def orders_sentences(found: MethodOrders, proposals: Proposals, t: Translator) -> tuple[str, ...]:
    """Return how far the methods agree on one list."""
    return tuple(_said(found, proposals, t))


def _said(found: MethodOrders, proposals: Proposals, t: Translator) -> Iterator[str]:
    tau = _taus(found)
    if len(tau):
        word = "close" if tau.min() >= CLOSE else "fair" if tau.min() >= FAIR else "far"
        yield t(f"methods.alike.{word}", least=float(tau.min()), methods=len(found.ranks.columns))
    if found.top > 1:
        yield from _first_places(found, proposals, t)
    firsts = set(found.firsts.values())
    if len(firsts) == 1:
        yield t("methods.same_first", names=_names(next(iter(firsts)), proposals))
    else:
        yield t("methods.other_firsts", said="; ".join(_firsts(found, proposals, t)))
    if found.condorcet:
        yield t("methods.condorcet", name=_names([found.condorcet], proposals)[0])
    else:
        yield t("methods.no_condorcet")
    if found.silent_pairs:
        yield t("methods.silent", count=found.silent_pairs)
    if not found.kemeny.alone:
        yield t("methods.not_alone")
    if not found.kemeny.proven:
        yield t("methods.bound", gap=found.kemeny.gap)


def _first_places(found: MethodOrders, proposals: Proposals, t: Translator) -> Iterator[str]:
    names = _names(found.certain, proposals)
    yield t("methods.certain", count=len(found.certain), top=found.top, names=names or [EMPTY])
    if found.disputed:
        names = _names(found.disputed[:MOST_NAMES], proposals)
        if len(found.disputed) > MOST_NAMES:
            names.append(t("doubt.more_proposals", count=len(found.disputed) - MOST_NAMES))
        yield t("methods.disputed", count=len(found.disputed), top=found.top, names=names)


def _firsts(found: MethodOrders, proposals: Proposals, t: Translator) -> Iterator[str]:
    """Name every first place with the methods that give it."""
    by_first: dict[tuple[str, ...], list[str]] = {}
    for method, labels in found.firsts.items():
        by_first.setdefault(labels, []).append(method_name(method, t))
    for labels, methods in by_first.items():
        yield f"{t.style.written(_names(labels, proposals), 'list')} ({', '.join(methods)})"


def method_name(method: str, t: Translator) -> str:
    """Return what people call a method of ranking."""
    return t(f"method_name.{method}")


def _taus(found: MethodOrders) -> NDArray[np.float64]:
    values = found.distances.to_numpy(dtype="float64")
    above = values[np.triu_indices(len(values), 1)]
    return np.asarray(1.0 - 2.0 * above[~np.isnan(above)])


def methods_table(found: MethodOrders, proposals: Proposals, t: Translator, top: int = 15) -> Table:
    """Return the places of the first proposals under every method."""
    best = found.ranks.min(axis=1)
    order = sorted(found.ranks.index, key=lambda label: (best[label], found.ranks.loc[label].sum(), label))
    rows = [
        (
            str(proposals.frame["activity"][str(label)]),
            *(place_text(value, t) for value in found.ranks.loc[label]),
        )
        for label in order[:top]
    ]
    own = tuple(ColumnSpec(str(name), method_name(str(name), t), "right") for name in found.ranks.columns)
    columns = (*columns_of(t, ("activity", "left", 0)), *own)
    return Table(
        t("table.places"),
        columns,
        rows_of(rows),
        note=t("table.places.note" if "outcome" in found.ranks.columns else "table.places.note_orders"),
    )


def likeness_table(found: MethodOrders, t: Translator) -> Table:
    """Return how alike every two methods are: Kendall's tau, 1 the same order and -1 the reverse."""
    names = [str(name) for name in found.distances.columns]
    rows = [
        (method_name(name, t), *(_tau(distance, t) for distance in row))
        for name, row in zip(names, found.distances.to_numpy(dtype="float64"), strict=True)
    ]
    own = tuple(ColumnSpec(name, method_name(name, t), "right") for name in names)
    columns = (*columns_of(t, ("ranking_method", "left", 0)), *own)
    return Table(t("table.likeness"), columns, rows_of(rows), note=t("table.likeness.note"))


def _tau(distance: float, t: Translator) -> str:
    return EMPTY if pd.isna(distance) else t.style.number(1.0 - 2.0 * float(distance))


def place_text(value: float, t: Translator) -> str:
    """Return a place, with its half where it is shared."""
    return EMPTY if pd.isna(value) else t.style.number(float(value), 0 if float(value).is_integer() else 1)


def _names(labels: Iterable[str], proposals: Proposals) -> list[str]:
    return [str(proposals.frame["activity"][label]) for label in labels]
