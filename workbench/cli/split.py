"""``workbench split``: the ceiling of a kabupaten over its districts by declared needs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pandas as pd

from workbench.cli.amounts import rupiah_given
from workbench.cli.calculation import PATH
from workbench.cli.exits import emit_json, refusals
from workbench.domain.budget import COLUMNS as BUDGET_COLUMNS
from workbench.domain.budget import LineKind
from workbench.engine.allocation.needs_split import NeedsSplit, split_by_need
from workbench.errors import InvalidInput, InvalidValue, Problem
from workbench.present.i18n import Translator
from workbench.store.headers import load_headers
from workbench.store.needs_file import Needs, read_needs
from workbench.store.project_files import located
from workbench.store.writing import as_texts, csv_bytes


def split_command(t: Translator) -> click.Command:
    """Return ``workbench split``."""

    @click.command("split", help=t("cli.split"))
    @click.argument("table", metavar="KEBUTUHAN", type=PATH)
    @click.option("--ceiling", "--pagu", "ceiling", required=True, help=t("cli.split.ceiling"))
    @click.option("--weights", "--bobot", "weights", type=PATH, required=True, help=t("cli.split.weights"))
    @click.option("--out", type=PATH, help=t("cli.split.out"))
    @click.option("--json", "as_json", is_flag=True, help=t("cli.option.json"))
    def command(table: Path, ceiling: str, weights: Path, out: Path | None, as_json: bool) -> None:
        with refusals(t, as_json=as_json):
            needs = read_needs(located(table), located(weights))
            found = _split(needs, rupiah_given(ceiling, "--pagu"), table.name)
            if out is not None:
                out.write_bytes(csv_bytes(_budget(found, t)))
        if as_json:
            emit_json(_document(needs, found))
        else:
            _say(needs, found, t)
            if out is not None:
                click.echo(t("cli.written", path=out))

    return command


def _split(needs: Needs, ceiling: int, file: str) -> NeedsSplit:
    try:
        return split_by_need(needs.needs, needs.weights, ceiling)
    except InvalidValue as error:
        if error.code != "need_all_zero":
            raise
        raise InvalidInput(
            Problem("need_all_zero", file=file, column=str(name)) for name in error.facts["indicators"]
        ) from error


def _budget(found: NeedsSplit, t: Translator) -> pd.DataFrame:
    """Return the lines of a budget, as ``pagu.csv`` holds them."""
    lines = pd.DataFrame(
        {
            "region": list(found.amounts.index),
            "kind": LineKind.CEILING.value,
            "amount": list(found.amounts),
            "note": t("split.note"),
        }
    )
    return as_texts(lines, BUDGET_COLUMNS, load_headers(), "budget")


def _document(needs: Needs, found: NeedsSplit) -> dict[str, Any]:
    return {
        "ceiling": found.ceiling,
        "weights": {str(name): float(weight) for name, weight in needs.weights.items()},
        "districts": {
            str(code): {
                "name": str(needs.names[code]),
                "amount": int(found.amounts[code]),
                "share": float(found.shares[code]),
                "contributions": {str(n): float(v) for n, v in found.contributions.loc[code].items()},
                "rounded_up": code in found.remainders,
            }
            for code in found.amounts.index
        },
    }


def _say(needs: Needs, found: NeedsSplit, t: Translator) -> None:
    click.echo(t("split.head", ceiling=found.ceiling, districts=len(found.amounts)))
    total = float(needs.weights.sum())
    parts = [t("split.weight", name=str(n), share=float(w) / total) for n, w in needs.weights.items()]
    click.echo(t("split.weights", parts=parts))
    click.echo()
    for code in found.amounts.index:
        share = float(found.shares[code])
        amount = int(found.amounts[code])
        click.secho(
            f"{code}  {needs.names[code]}: {t.style.rupiah(amount)} ({t.style.percent(share, 2)})", bold=True
        )
        given = found.contributions.loc[code].sort_values(ascending=False, kind="stable")
        told = [
            t("split.weight", name=str(name), share=float(part) / share if share else 0.0)
            for name, part in given.items()
        ]
        click.echo(f"    {t('split.from', parts=told)}")
    click.echo()
    click.echo(t("split.sum", total=int(found.amounts.sum()), rounded=len(found.remainders)))
    click.echo(t("split.caveat"))
