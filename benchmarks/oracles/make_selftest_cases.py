"""Write the reference cases that the product ships: workbench/selftest/cases.json.

    python benchmarks/oracles/make_selftest_cases.py [FILE]

The answers come from closed forms, theorems and published values, worked out here with the standard library
alone: never from the product. The same file comes out on every machine, byte for byte.
"""

import json
import sys
from pathlib import Path

import selftest_counts
import selftest_elections
import selftest_groups
import selftest_indices
import selftest_pairwise
import selftest_room
import selftest_scoring
from selftest_arithmetic import plain

SHIPPED = Path(__file__).resolve().parents[2] / "workbench" / "selftest" / "cases.json"
TOPICS = (
    selftest_pairwise,
    selftest_indices,
    selftest_groups,
    selftest_scoring,
    selftest_room,
    selftest_counts,
    selftest_elections,
)


def case(name, kind, inputs, expected, source, tol=1e-9):
    return {
        "id": name,
        "kind": kind,
        "inputs": plain(inputs),
        "expected": plain(expected),
        "tol": tol,
        "source": source,
    }


def main():
    cases = [case(*entry) for topic in TOPICS for entry in topic.cases()]
    names = [one["id"] for one in cases]
    assert len(set(names)) == len(names), "two cases carry one id"
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in cases)
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED
    target.write_bytes(f"[\n{lines}\n]\n".encode())


if __name__ == "__main__":
    main()
