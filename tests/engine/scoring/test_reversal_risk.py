from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from workbench.engine.scoring import reversal_risk as module
from workbench.engine.scoring.reversal import reversal_check
from workbench.engine.scoring.reversal_risk import KERNELS, reversal_risk
from workbench.engine.scoring.second_opinions import SECOND_OPINIONS
from workbench.errors import InvalidValue, UnknownMethod


def test_every_second_opinion_has_its_rate() -> None:
    assert set(KERNELS) == {*SECOND_OPINIONS, "weighted_sum"}


def test_fixed_anchors_never_reverse_and_the_others_do() -> None:
    rates = {name: reversal_risk(name, proposals=8, criteria=4, draws=300, seed=2) for name in KERNELS}
    assert rates["weighted_sum"].winner_changes == rates["weighted_sum"].order_changes == 0.0
    for name in SECOND_OPINIONS:
        assert rates[name].winner_changes > 0.01, name
        assert rates[name].order_changes > rates[name].winner_changes


@pytest.mark.parametrize("name", sorted(SECOND_OPINIONS))
def test_matches_the_check_on_each_table(name: str) -> None:
    draws, rows, columns, seed = 12, 5, 3, 4
    generator = np.random.default_rng(seed)
    values = generator.random((draws, rows, columns))
    weights = generator.standard_exponential((draws, columns))
    up = pd.Series("higher", index=range(columns))
    winner_changes = order_changes = 0
    for table, weight in zip(map(pd.DataFrame, values), map(pd.Series, weights), strict=True):
        method = lambda rest, weight=weight: SECOND_OPINIONS[name](rest, weight, up)  # noqa: E731
        removals = reversal_check(method, table).removals.drop(index=method(table).scores.idxmax())
        winner_changes += bool(removals["best_of_rest_changed"].any())
        order_changes += bool(removals["reordered_pairs"].any())
    found = reversal_risk(name, proposals=rows, criteria=columns, draws=draws, seed=seed)
    assert found.winner_changes * draws == pytest.approx(winner_changes)
    assert found.order_changes * draws == pytest.approx(order_changes)


def test_seed_and_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    first = reversal_risk("vikor", proposals=5, criteria=3, draws=100, seed=1)
    assert first.winner_error == pytest.approx(
        (first.winner_changes * (1 - first.winner_changes) / 100) ** 0.5
    )
    monkeypatch.setattr(module, "BLOCK_CELLS", 500)
    assert reversal_risk("vikor", proposals=5, criteria=3, draws=100, seed=1) == first
    assert reversal_risk("vikor", proposals=5, criteria=3, draws=100, seed=2) != first


def test_unusable_requests_are_refused() -> None:
    with pytest.raises(UnknownMethod):
        reversal_risk("topsis", proposals=5, criteria=3, draws=1, seed=1)
    with pytest.raises(InvalidValue, match="sizes_out_of_range"):
        reversal_risk("vikor", proposals=2, criteria=3, draws=1, seed=1)
