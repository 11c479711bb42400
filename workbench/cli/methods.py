"""``methods``: one room under every way of ranking, and the group orders of a meeting merged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pandas as pd

from workbench.cli.exits import emit_json, plain, problem_record, refusals
from workbench.cli.lists import ListName, by_district, lists_of
from workbench.deliberation import (
    MethodOrders,
    MethodsFound,
    Plano,
    compare_methods,
    compare_orders,
    merged_orders,
)
from workbench.domain.session import Session
from workbench.engine.influence import MINIMUM_SIZE
from workbench.engine.rankings import profile
from workbench.errors import InvalidInput, Problem
from workbench.present.i18n import Translator, worded
from workbench.present.methods_words import (
    likeness_table,
    methods_sentences,
    methods_table,
    orders_sentences,
)
from workbench.present.plano import plano_sentences, plano_tables
from workbench.present.problems import problem_place, problem_sentence
from workbench.present.table import Table
from workbench.prioritisation import prioritise
from workbench.store.order_file import OrdersFile, has_orders, read_orders
from workbench.store.project_files import located
from workbench.store.solver_output import QUIET
from workbench.store.source import open_source

PATH = click.Path(path_type=Path)


def methods_command(t: Translator) -> click.Command:
    """Return ``workbench methods``."""

    @click.command("methods", help=t("cli.methods"))
    @click.argument("folder", metavar="FOLDER", type=PATH)
    @click.argument("orders", metavar="[URUTAN]", type=PATH, required=False)
    @click.option("--district", "--kecamatan", "district", default="", help=t("cli.option.district"))
    @click.option("--top", type=click.IntRange(min=1), default=3, help=t("cli.option.top"))
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(folder: Path, orders: Path | None, district: str, top: int, as_json: bool) -> None:
        with refusals(t, as_json=as_json):
            place = located(folder)
            source = None if orders is None else located(orders)
            if source is not None or (not district and has_orders(place)):
                _orders(read_orders(place, source), top, t, as_json=as_json)
            if source is None:
                _scores(place, district, t, as_json=as_json and not has_orders(place))

    return command


def _orders(given: OrdersFile, top: int, t: Translator, *, as_json: bool) -> None:
    """Say what group or person orders come to."""
    orders = given.orders
    plano = merged_orders(orders)
    if plano.too_few:
        facts = {"minimum": MINIMUM_SIZE}
        raise InvalidInput([Problem("too_few_orders", value=str(len(orders.places)), facts=facts)])
    more = {} if plano.merged is None else {"sum_of_ranks": plano.merged.ranks}
    found = compare_orders(
        profile(orders.places, orders.weights), min(top, max(1, orders.places.shape[1] - 1)), more
    )
    if as_json:
        emit_json(_orders_record(given, plano, found, t))
        return
    click.secho(t("methods.of_groups" if orders.by_group else "methods.of_people"), bold=True)
    for sentence in plano_sentences(plano, given.proposals, t):
        click.echo(f"- {sentence}")
    for table in plano_tables(plano, given.proposals, t):
        _say_table(table)
    for sentence in orders_sentences(found, given.proposals, t):
        click.echo(f"- {sentence}")
    _say_table(methods_table(found, given.proposals, t))
    for note in given.notes:
        click.echo(f"{problem_place(note, t)}: {problem_sentence(note, t)}")


def _scores(folder: Path, district: str, t: Translator, *, as_json: bool) -> None:
    """Say what the cards of a session come to under every method."""
    opened = open_source(folder)
    t = worded(t, opened.session.facts)
    found: dict[ListName, tuple[Session, MethodsFound]] = {
        name: (session, compare_methods(session, opened.rules, prioritise(session, opened.rules, QUIET)))
        for name, session in lists_of(opened, district, t).items()
    }
    if as_json:
        records = {name: {"lists": [_record(one) for one in f.lists], "left_out": f.left_out,
                          "people": f.people} for name, (_, f) in found.items()}  # fmt: skip
        emit_json({"districts": by_district(records)})
        return
    for name, (session, methods) in found.items():
        click.echo()
        click.secho(name.heading, bold=True)
        for sentence in methods_sentences(methods, session.proposals, t):
            click.echo(f"- {sentence}")
        for one in methods.lists:
            _say_table(likeness_table(one, t))


def _say_table(table: Table) -> None:
    click.secho(table.caption, underline=True)
    click.echo("  " + "  |  ".join(column.label for column in table.columns))
    for row in table.rows:
        click.echo("  " + "  |  ".join(row))
    if table.note:
        click.echo(f"  {table.note}")


def _orders_record(given: OrdersFile, plano: Plano, found: MethodOrders, t: Translator) -> dict[str, Any]:
    orders = given.orders
    groups = {str(group): float(weight) for group, weight in orders.weights.items()}
    return {
        "by": "group" if orders.by_group else "participant",
        "givers": len(orders.places),
        "weights": groups if orders.by_group else None,
        "sums": None if plano.merged is None else _numbers(plano.merged.sums),
        "smallest_sum_first": True,
        "methods": _record(found),
        "notes": [problem_record(note, t) for note in given.notes],
    }


def _record(found: MethodOrders) -> dict[str, Any]:
    return {
        "givers": found.givers,
        "top": found.top,
        "ranks": {str(name): _numbers(found.ranks[name]) for name in found.ranks.columns},
        "distances": {str(name): _numbers(found.distances[name]) for name in found.distances.columns},
        "certain": list(found.certain),
        "disputed": list(found.disputed),
        "firsts": {method: list(labels) for method, labels in found.firsts.items()},
        "condorcet": found.condorcet or None,
        "silent_pairs": found.silent_pairs,
        "kemeny": {name: plain(getattr(found.kemeny, name)) for name in ("distance", "bound", "proven")},
    }


def _numbers(values: pd.Series) -> dict[str, float | None]:
    return {str(label): None if pd.isna(value) else float(value) for label, value in values.items()}
