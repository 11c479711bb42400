"""Measure the rank reversal of the second opinions; prints the tables of `reversal_rates.py`."""

from __future__ import annotations

from workbench.engine.scoring.reversal_risk import reversal_risk
from workbench.robustness.reversal_rates import CRITERIA, DRAWS, PROPOSALS, SEED, WINNER_CHANGES

if __name__ == "__main__":
    measured = {
        name: reversal_risk(name, proposals=PROPOSALS, criteria=CRITERIA, draws=DRAWS, seed=SEED)
        for name in WINNER_CHANGES
    }
    for table in ("winner_changes", "order_changes"):
        print(f"{table.upper()} = MappingProxyType(\n    {{")
        for name, risk in measured.items():
            print(f'        "{name}": {getattr(risk, table)!r},')
        print("    }\n)")
