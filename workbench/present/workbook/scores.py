"""Scores and ranks as live cells, step by step down the declared tie keys."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.domain.criteria import Direction
from workbench.present.workbook.book import Field, Formula, Sheet, Value, letter, span
from workbench.present.workbook.ranking import FIRST, FIRST_WEIGHT, Frame, key_names, tolerance_cell


def scores_sheet(frame: Frame) -> Sheet:
    """Return utilities, parts, scores and ranks, step by step down the declared tie keys, all live."""
    t, names = frame.t, frame.session.criteria.frame["name"]
    columns = Columns.of(frame)
    stages = refined_ranks(frame)
    rows = [
        tuple(_score_row(frame, columns, label, FIRST + at, stages)) for at, label in enumerate(frame.labels)
    ]
    fields = (
        Field(t("column.proposal_code"), 12),
        *(Field(str(names[name]), 12, "number", t("workbook.utility")) for name in frame.criteria),
        *(Field(str(names[name]), 12, "number", t("workbook.part")) for name in frame.criteria),
        Field(t("column.score"), 11, "number"),
        *((Field(t("tie.heaviest_criterion"), 13, "number", t("workbook.keys")),) if columns.heavy else ()),
        Field(t("workbook.rank_by_score"), 11, "whole", t("workbook.ranks")),
        *(
            Field(t("workbook.after_key", key=t(f"tie.{key.name}")), 13, "whole", t("workbook.ranks"))
            for key in frame.keys
        ),
        Field(t("workbook.shared"), 10, "whole"),
        Field(t("workbook.place"), 10, "whole"),
    )
    notes = (t("workbook.scores.note"), t("workbook.ties.note"))
    return Sheet(
        frame.sheet("scores"), fields, tuple(rows), (t("workbook.scores.title"),), notes=notes, frozen=1
    )


@dataclass(frozen=True)
class Columns:
    """Where things stand on the sheet of scores."""

    criteria: int
    keys: int
    heavy: bool

    @classmethod
    def of(cls, frame: Frame) -> Columns:
        """Return the places for a frame."""
        heavy = any(key.name == "heaviest_criterion" for key in frame.keys)
        return cls(len(frame.criteria), len(frame.keys), heavy)

    @property
    def score(self) -> int:
        """The score."""
        return 1 + 2 * self.criteria

    @property
    def by_score(self) -> int:
        """The rank by score alone; behind it the ranks after each key."""
        return self.score + 1 + self.heavy

    @property
    def rank(self) -> int:
        """The final rank."""
        return self.by_score + self.keys

    @property
    def place(self) -> int:
        """The place in the list, different for everybody."""
        return self.rank + 2


def _score_row(frame: Frame, columns: Columns, label: str, row: int, stages: list[pd.Series]) -> list[Value]:
    outcome = frame.outcome
    scored, utilities = label in stages[0].index, outcome.utilities.values  # noqa: PD011 - a frame of this house
    cells: list[Value] = [Formula(f"={frame.far('values', f'A{row}')}", label)]
    for at, name in enumerate(frame.criteria):
        cells.append(Formula(_utility(frame, at, row), _blank(utilities[name].get(label))))
    for at, name in enumerate(frame.criteria):
        given = letter(1 + at) if outcome.rules.scoring != "plain_sum" else ""
        cells.append(Formula(_part(frame, at, row, given), _blank(_part_value(frame, name, label))))
    score = outcome.scoring.scores.get(label) if scored else None
    cells.append(Formula(_score(frame, columns, row), _blank(score)))
    if columns.heavy:
        key = next(key for key in frame.keys if key.name == "heaviest_criterion")
        value = key.by_proposal.get(label) if scored else None
        cells.append(
            Formula(_heaviest(frame, columns, row), "" if value is None else round(float(value), 10))
        )
    for step, ranks in enumerate(stages):
        formula = _first_rank(frame, columns, row) if step == 0 else _next_rank(frame, columns, row, step)
        cells.append(Formula(formula, int(ranks[label]) if scored else ""))
    final = letter(columns.rank)
    everybody = span(columns.rank, FIRST, frame.last)
    shared = int((stages[-1] == stages[-1][label]).sum()) if scored else ""
    cells.append(Formula(f'=IF(ISNUMBER({final}{row}),COUNTIF({everybody},{final}{row}),"")', shared))
    above = f"${final}${FIRST}:{final}{row}"
    place = row - FIRST + 1 if scored else ""
    formula = f'=IF(ISNUMBER({final}{row}),{final}{row}+COUNTIF({above},{final}{row})-1,"")'
    return [*cells, Formula(formula, place)]


def _blank(value: object) -> float | str:
    return "" if value is None or pd.isna(value) else float(str(value))  # type: ignore[call-overload]


def _part_value(frame: Frame, name: str, label: str) -> object:
    if frame.outcome.rules.scoring != "weighted_product":
        return frame.outcome.scoring.contributions[name].get(label)
    weight = frame.outcome.scoring.weights[name]
    utility = frame.outcome.utilities.values[name].get(label)  # noqa: PD011 - a frame of this house
    if weight == 0:
        return 1.0
    return None if utility is None or pd.isna(utility) else float(utility) ** float(weight)


def _utility(frame: Frame, at: int, row: int) -> str:
    """Return where a value stands between its anchors, 0 to 1, turned where less is better."""
    value = frame.far("values", f"{letter(5 + at)}{row}")
    sign, low, high = (frame.far("weights", f"${column}${FIRST_WEIGHT + at}") for column in "FGH")
    share = f"({value}-{low})/({high}-{low})"
    return f'=IF({value}="","",MAX(0,MIN(1,IF({sign}<0,1-{share},{share}))))'


def _part(frame: Frame, at: int, row: int, utility: str) -> str:
    """Return what the criterion gives to the score under the declared method."""
    if frame.outcome.rules.scoring == "plain_sum":
        value = frame.far("values", f"{letter(5 + at)}{row}")
        return f'=IF({value}="","",{value})'
    share = frame.far("weights", f"$E${FIRST_WEIGHT + at}")
    if frame.outcome.rules.scoring == "weighted_product":
        return f'=IF({share}=0,1,IF({utility}{row}="","",{utility}{row}^{share}))'
    return f'=IF({share}=0,0,IF({utility}{row}="","",100*{share}*{utility}{row}))'


def _score(frame: Frame, columns: Columns, row: int) -> str:
    """Return the score of a proposal that meets the conditions and lacks nothing that counts."""
    parts = f"{letter(1 + columns.criteria)}{row}:{letter(2 * columns.criteria)}{row}"
    eligible = f'{frame.far("values", f"E{row}")}="{frame.t("word.yes")}"'
    whole = f"COUNT({parts})={columns.criteria}"
    added = {
        "weighted_sum": f"MIN(100,SUM({parts}))",
        "weighted_product": f"100*PRODUCT({parts})",
        "plain_sum": f"SUM({parts})",
    }[frame.outcome.rules.scoring]
    return f'=IF(AND({eligible},{whole}),{added},"")'


def _first_rank(frame: Frame, columns: Columns, row: int) -> str:
    own, scores = f"{letter(columns.score)}{row}", span(columns.score, FIRST, frame.last)
    better = f"SUMPRODUCT(ISNUMBER({scores})*({scores}>{own}+{tolerance_cell(frame)}))"
    return f'=IF(ISNUMBER({own}),1+{better},"")'


def _next_rank(frame: Frame, columns: Columns, row: int, step: int) -> str:
    """Part those who still share a rank by one key; a blank among them stops the key for all of them."""
    before = columns.by_score + step - 1
    own, ranks = f"{letter(before)}{row}", span(before, FIRST, frame.last)
    key = frame.keys[step - 1]
    if key.name == "heaviest_criterion":
        mine, values = f"{letter(columns.score + 1)}{row}", span(columns.score + 1, FIRST, frame.last)
    else:
        place = 5 + columns.criteria + key_names(frame).index(key.name)
        mine = frame.far("values", f"{letter(place)}{row}")
        values = frame.far("values", span(place, FIRST, frame.last))
    sign = "<" if key.direction is Direction.LOWER else ">"
    same = f"({ranks}={own})"
    parted = f"SUMPRODUCT({same}*({values}{sign}{mine}))"
    return f'=IF(ISNUMBER({own}),{own}+IF(SUMPRODUCT({same}*({values}=""))=0,{parted},0),"")'


def _heaviest(frame: Frame, columns: Columns, row: int) -> str:
    """Return the sum of the utilities of the heaviest criteria, cut where a processor's last bits are."""
    shares = [frame.far("weights", f"$E${FIRST_WEIGHT + at}") for at in range(columns.criteria)]
    every = frame.far("weights", span(4, FIRST_WEIGHT, FIRST_WEIGHT + columns.criteria - 1))
    terms = (
        f"IF({share}>=MAX({every})*(1-1E-12),N({letter(1 + at)}{row}),0)" for at, share in enumerate(shares)
    )
    return f'=IF(ISNUMBER({letter(columns.score)}{row}),ROUND({"+".join(terms)},10),"")'


def refined_ranks(frame: Frame) -> list[pd.Series]:
    """Return the ranks by score, then after each tie key in its turn, as the sheet computes them.

    The last of them is the outcome's own rank.
    """
    stages = [frame.outcome.ranking.ranks.astype("int64")]
    for key in frame.keys:
        ranks = stages[-1]
        values = key.by_proposal.reindex(ranks.index).astype("float64").round(10)
        parted = ranks.copy()
        for rank, members in ranks.groupby(ranks):
            own = values.loc[members.index]
            if len(own) > 1 and own.notna().all():
                falling = key.direction is not Direction.LOWER
                places = own.rank(method="min", ascending=not falling).astype("int64")
                parted = parted.mask(parted.index.isin(own.index), places.reindex(parted.index) + rank - 1)
        stages.append(parted.astype("int64"))
    return stages
