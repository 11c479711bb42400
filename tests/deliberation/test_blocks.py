"""No answer of fewer than five people can be read off, nor computed from what can be read."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deliberation.rooms import rooms
from workbench.deliberation.answers import answers_of
from workbench.deliberation.blocks import blocks_of
from workbench.deliberation.groupings import groupings_of
from workbench.domain.rules import CHOICES, Rules
from workbench.engine.influence import release
from workbench.prioritisation import prioritise

MINIMUM = 5


METHODS = CHOICES["aggregation"]


def divided(tables, method="mean"):
    session, rules = tables.session(), Rules(aggregation=method)
    outcome = prioritise(session, rules)
    answers = answers_of(session, rules, outcome)
    shown = release(groupings_of(session, answers.people), MINIMUM).shown
    return answers, outcome, blocks_of(answers, {n: c for n, c in shown.items() if c.shows_groups}, method)


def members(blocks, cell):
    """People of each block of one cell, as sets."""
    ends = [*blocks.starts[1:], len(blocks.person)]
    return [
        frozenset(blocks.person[start:end].tolist())
        for start, end, at in zip(blocks.starts, ends, blocks.cell, strict=True)
        if at == cell
    ]


@settings(max_examples=8)
@given(rooms())
def test_every_block_has_five_people_or_is_everybody_who_answered(tables):
    _, _, found = divided(tables)
    for blocks in found.values():
        alone = np.bincount(blocks.cell, minlength=blocks.count)[blocks.cell] == 1
        assert ((blocks.sizes >= MINIMUM) | alone).all()


@settings(max_examples=8)
@given(rooms())
def test_no_union_of_blocks_less_blocks_of_another_grouping_leaves_a_few(tables):
    answers, _, found = divided(tables)
    for one, other in combinations(found.values(), 2):
        for cell in set(answers.cell.tolist()):
            mine, theirs = members(one, cell), members(other, cell)
            if min(len(mine), len(theirs)) < 2:
                continue
            for size in range(1, len(mine) + 1):
                for chosen in combinations(mine, size):
                    union = frozenset().union(*chosen)
                    rest = union - frozenset().union(*(block for block in theirs if block <= union))
                    assert not rest or len(rest) >= MINIMUM


@settings(max_examples=8)
@given(rooms(), st.sampled_from(METHODS), st.data())
def test_exchanging_points_inside_a_block_changes_no_value(tables, method, data):
    answers, _, found = divided(tables, method)
    if not found:
        return
    voices = np.random.default_rng(1).random((4, len(answers.people)))
    before = {
        name: (b.heard(voices), b.heard_whole(b.cells.indicators().to_numpy())) for name, b in found.items()
    }
    cell = data.draw(st.sampled_from(sorted(set(answers.cell.tolist()))))
    parts = [set.intersection(*map(set, chosen)) for chosen in _paths(found, cell)]
    people = data.draw(st.sampled_from(parts))
    order = data.draw(st.permutations(sorted(people)))
    moved = _exchanged(tables, answers, cell, dict(zip(sorted(people), order, strict=True)))
    _, _, again = divided(moved, method)
    for name, blocks in again.items():
        np.testing.assert_allclose(before[name][0], blocks.heard(voices))
        np.testing.assert_allclose(before[name][1], blocks.heard_whole(blocks.cells.indicators().to_numpy()))


def _paths(found, cell):
    """Blocks of every grouping that share somebody: one for each grouping."""
    paths = [[]]
    for blocks in found.values():
        paths = [[*path, block] for path in paths for block in members(blocks, cell)]
    return [path for path in paths if set.intersection(*map(set, path))]


def _exchanged(tables, answers, cell, other):
    proposal, criterion = divmod(cell, len(answers.criteria))
    names = {answers.people[a]: answers.people[b] for a, b in other.items()}
    ballots = tables.ballots.copy()
    here = (ballots["proposal"] == answers.proposals[proposal]) & (
        ballots["criterion"] == answers.criteria[criterion]
    )
    ballots.loc[here, "participant"] = ballots.loc[here, "participant"].replace(names)
    return type(tables)(**{**vars(tables), "ballots": ballots})


@settings(max_examples=8)
@given(rooms(), st.sampled_from(METHODS))
def test_with_one_voice_each_the_blocks_give_the_cells_of_the_outcome(tables, method):
    answers, outcome, found = divided(tables, method)
    everybody = np.ones((1, len(answers.people)))
    cells = outcome.cells.values.loc[answers.proposals, answers.criteria].to_numpy().ravel()  # noqa: PD011
    for blocks in found.values():
        np.testing.assert_allclose(blocks.heard(everybody)[0], cells, rtol=1e-12)
        np.testing.assert_allclose(blocks.heard_whole(everybody)[0], cells, rtol=1e-12)


@settings(max_examples=8)
@given(rooms())
def test_a_group_reads_a_cell_only_as_a_block_of_its_own(tables):
    answers, _, found = divided(tables)
    for blocks in found.values():
        read = blocks.heard_whole(blocks.cells.indicators().to_numpy())
        group = blocks.cells.members.to_numpy()
        for row, name in enumerate(blocks.cells.names):
            for cell in np.flatnonzero(~np.isnan(read[row])).tolist():
                own = {
                    place for place in answers.person[answers.cell == cell].tolist() if group[place] == name
                }
                assert len(own) >= MINIMUM
                assert own in members(blocks, cell)
                expected = answers.points[(answers.cell == cell) & np.isin(answers.person, list(own))].mean()
                assert read[row, cell] == np.float64(expected) or abs(read[row, cell] - expected) < 1e-12


def test_groups_of_five_in_a_plenary_are_heard_apart():
    people = pd.DataFrame(
        {"participant": [f"p{n:02d}" for n in range(11)], "sex": ["female"] * 5 + ["male"] * 6}
    )
    points = pd.DataFrame(
        [
            (person, "U-1", criterion, 5.0 if sex == "female" else 2.0)
            for person, sex in people.itertuples(index=False)
            for criterion in ("K1", "K2")
        ],
        columns=["participant", "proposal", "criterion", "points"],
    )
    from tests.deliberation.rooms import tables

    _, _, found = divided(tables(points, people))
    blocks = found["sex"]
    assert blocks.heard_whole(blocks.cells.indicators().to_numpy()).tolist() == [[5.0, 5.0], [2.0, 2.0]]
