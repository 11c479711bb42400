"""Rules that share money beside pabutools where it is at hand, in the same run.

    python benchmarks/sharing.py [--peer PYTHON] [--elections FOLDER]

PYTHON is an interpreter of another environment that has pabutools; it counts in exact fractions and is given
the public tie order of this product (lower cost, more supporters, name): on drawn approvals hundreds of
effective costs are equal, and its own default order buys other projects. FOLDER holds Pabulib files.
Without them their rows are left out. Both sides are measured in seconds of the processor, so that a busy
machine changes the ratio little.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from allocation import least, report, village

from workbench.engine.allocation.completions import equal_shares
from workbench.engine.allocation.greedy import fund_by_value
from workbench.engine.allocation.phragmen import fund_by_phragmen

PEER = """
import json, sys, time
from fractions import Fraction
from pabutools.election import Instance, Project, ApprovalProfile, ApprovalBallot
from pabutools.election import CardinalProfile, CardinalBallot, Cost_Sat, Additive_Cardinal_Sat
from pabutools.rules import method_of_equal_shares, greedy_utilitarian_welfare, sequential_phragmen
from pabutools.tiebreaking import TieBreakingRule
sys.setrecursionlimit(100000)
data = json.load(open(sys.argv[1]))
projects = [Project(name, cost) for name, cost in data["costs"].items()]
by_name = {project.name: project for project in projects}
instance = Instance(projects, budget_limit=data["ceiling"])
if data["dense"]:
    ballots = [CardinalBallot({by_name[k]: v for k, v in ballot.items()}) for ballot in data["ballots"]]
    profile, sat = CardinalProfile(ballots, instance=instance), Additive_Cardinal_Sat
else:
    ballots = [ApprovalBallot([by_name[name] for name in ballot]) for ballot in data["ballots"]]
    profile, sat = ApprovalProfile(ballots, instance=instance), Cost_Sat
votes = {project: 0 for project in projects}
for ballot in ballots:
    for project in ballot:
        votes[project] += 1
public = TieBreakingRule(lambda _, held, project: (int(project.cost), -votes[project], project.name))
rules = {
    "equal_shares": lambda: method_of_equal_shares(instance, profile, sat_class=sat, tie_breaking=public),
    "greedy": lambda: greedy_utilitarian_welfare(instance, profile, sat_class=sat),
    "phragmen": lambda: sequential_phragmen(instance, profile, tie_breaking=public),
}
for name in data["rules"]:
    start = time.process_time()
    chosen = rules[name]()
    took = time.process_time() - start
    print(json.dumps([name, took, sorted(project.name for project in chosen)]), flush=True)
"""


def elections(folder):
    rng = np.random.default_rng(0)
    for name, size, dense in (
        ("1000 scores", 1000, True),
        ("1000 approvals", 1000, False),
        ("5000 approvals", 5000, False),
    ):
        _, costs, ceiling, _, _, _ = village(size)
        points = rng.integers(1, 6, (500, size)) if dense else (rng.random((500, size)) < 0.1).astype(int)
        yield name, pd.DataFrame(points, columns=costs.index), costs, ceiling, dense
    for path in sorted(Path(folder).glob("*.pb")) if folder else ():
        yield path.stem[:34], *read_pb(path), False


def sharing(peer, name, ballots, costs, ceiling, dense):
    times = 1 if len(costs) > 2000 else 3
    utility = "score" if dense else "cost"
    votes = (ballots > 0).sum()
    listed = pd.Series(np.arange(len(costs)), index=sorted(costs.index))
    tasks = {
        "equal_shares": lambda: equal_shares(ballots, costs, ceiling, utility),
        "phragmen": lambda: fund_by_phragmen(ballots, costs, ceiling),
        "greedy": lambda: fund_by_value(votes * costs, costs, ceiling, listed),
    }
    ours = {
        rule: least(task, times, time.process_time)
        for rule, task in tasks.items()
        if not dense or rule == "equal_shares"
    }
    peers = run_peer(peer, ballots, costs, ceiling, dense, list(ours))
    for rule, (seconds, made) in ours.items():
        note, ratio = "", None
        if rule in peers:
            note, ratio = (
                f"pabutools, same: {set(peers[rule][1]) == set(made.funded)}",
                peers[rule][0] / seconds,
            )
        report(f"{rule}, {name}, funded {len(made.funded)}", seconds, note, ratio)


def run_peer(peer, ballots, costs, ceiling, dense, rules):
    if not peer:
        return {}
    rows = ballots.to_dict("records")
    held = [
        {k: int(v) for k, v in row.items()} if dense else [k for k, v in row.items() if v] for row in rows
    ]
    data = {
        "costs": {k: int(v) for k, v in costs.items()},
        "ceiling": ceiling,
        "ballots": held,
        "dense": dense,
        "rules": rules,
    }
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "data.json").write_text(json.dumps(data), encoding="utf-8")
        try:
            done = subprocess.run(
                [peer, "-c", PEER, str(Path(place) / "data.json")],
                capture_output=True,
                text=True,
                timeout=150,
                check=False,
            ).stdout
        except subprocess.TimeoutExpired as late:
            done = (late.stdout or b"").decode()
    found = [json.loads(line) for line in done.splitlines() if line.startswith("[")]
    return {rule: (seconds, chosen) for rule, seconds, chosen in found}


def read_pb(path):
    section, meta, projects, votes = "", {}, {}, []
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        cells = line.split(";")
        if cells[0] in ("META", "PROJECTS", "VOTES"):
            section, head = cells[0], None
        elif head is None:
            head = cells
        elif section == "META":
            meta[cells[0]] = cells[1]
        elif section == "PROJECTS":
            projects[cells[head.index("project_id")]] = int(float(cells[head.index("cost")]))
        else:
            votes.append([name for name in cells[head.index("vote")].split(",") if name])
    place = {name: number for number, name in enumerate(projects)}
    points = np.zeros((len(votes), len(projects)), dtype=int)
    for number, ballot in enumerate(votes):
        points[number, [place[name] for name in ballot]] = 1
    return pd.DataFrame(points, columns=list(projects)), pd.Series(projects), int(float(meta["budget"]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", default="")
    parser.add_argument("--elections", default="")
    arguments = parser.parse_args(sys.argv[1:])
    for task in elections(arguments.elections):
        sharing(arguments.peer, *task)
