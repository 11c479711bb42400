"""Write the answers of other voting libraries to tests/fixtures/agreement/rankings_peers.json.

Run in an environment of its own with pref_voting 1.18.2, votekit 3.5.0 and corankco 7.2.0; the product
depends on none of them. Profiles are drawn here from seeds, so nothing of anybody's data is stored.

    python benchmarks/oracles/rankings_peers.py tests/fixtures/agreement/rankings_peers.json
"""

import json
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
from corankco.algorithms.exact.exactalgorithmpulp import ExactAlgorithmPulp
from corankco.dataset import Dataset
from corankco.scoringscheme import ScoringScheme
from pref_voting.margin_based_methods import beat_path
from pref_voting.other_methods import kemeny_young_rankings
from pref_voting.profiles import Profile
from pref_voting.profiles_with_ties import ProfileWithTies
from votekit import PreferenceProfile
from votekit.ballot import RankBallot
from votekit.elections import Borda

# Ties and unranked elements of a voter cost nothing; a tie in the consensus costs what it denies.
FREE_TIES = ScoringScheme([[0.0, 1.0, 0.0, 0.0, 0.0, 0.0], [1.0, 1.0, 0.0, 1.0, 1.0, 0.0]])


def drawn_order(random, labels, incomplete):
    order = [labels[number] for number in random.permutation(len(labels))]
    if not incomplete:
        return [[label] for label in order]
    kept = order[: int(random.integers(2, len(order) + 1))]
    groups, at = [], 0
    while at < len(kept):
        size = int(random.integers(1, 3))
        groups.append(sorted(kept[at : at + size]))
        at += size
    return groups


def drawn_profile(seed, incomplete):
    random = np.random.default_rng(seed)
    labels = list("abcdefgh")[: int(random.integers(4, 9))]
    ballots = int(random.integers(3, 10))
    return [[int(random.integers(1, 6)), drawn_order(random, labels, incomplete)] for _ in range(ballots)]


def corankco_distance(profile):
    raw = [[set(group) for group in order] for count, order in profile for _ in range(count)]
    dataset = Dataset.from_raw_list(raw)
    found = ExactAlgorithmPulp().compute_consensus_rankings(
        dataset, FREE_TIES, return_at_most_one_ranking=True
    )
    return float(found.kemeny_score)


def strict_answers(profile):
    labels = sorted({label for _, order in profile for (label,) in order})
    number = {label: place for place, label in enumerate(labels)}
    room = Profile(
        [[number[label] for (label,) in order] for _, order in profile],
        rcounts=[count for count, _ in profile],
    )
    borda = room.borda_scores()
    copeland = room.copeland_scores(scores=(1, 0.5, 0))
    ballots = [RankBallot(ranking=[set(group) for group in order], weight=count) for count, order in profile]
    votekit_room = PreferenceProfile(ballots=tuple(ballots))
    points = Borda(votekit_room, n_seats=1, score_vector=list(range(len(labels) - 1, -1, -1)))
    return {
        "borda": {label: int(borda[number[label]]) for label in labels},
        "borda_votekit": {label: float(value) for label, value in points.election_states[0].scores.items()},
        "copeland": {label: float(copeland[number[label]]) for label in labels},
        "schulze_winners": sorted(labels[winner] for winner in beat_path(room)),
        "kemeny_distance": float(kemeny_young_rankings(room)[1]),
        "kemeny_distance_corankco": corankco_distance(profile),
    }


def tied_answers(profile):
    labels = sorted({label for _, order in profile for group in order for label in group})
    number = {label: place for place, label in enumerate(labels)}
    room = ProfileWithTies(
        [
            {number[label]: place for place, group in enumerate(order, start=1) for label in group}
            for _, order in profile
        ],
        rcounts=[count for count, _ in profile],
    )
    # Without the extended relation only ranked alternatives are compared: what the engine calls "silent".
    copeland = room.copeland_scores(scores=(1, 0.5, 0))
    margins = {
        one: {two: int(room.margin(number[one], number[two])) for two in labels if two != one}
        for one in labels
    }
    return {
        "margins": margins,
        "copeland": {label: float(copeland[number[label]]) for label in labels},
        "schulze_winners_margins": sorted(labels[winner] for winner in beat_path(room)),
        "kemeny_distance_corankco": corankco_distance(profile),
    }


def main(target):
    strict = [drawn_profile(seed, incomplete=False) for seed in range(20)]
    tied = [drawn_profile(seed, incomplete=True) for seed in range(100, 120)]
    answers = {
        "made_by": {name: version(name) for name in ("pref_voting", "votekit", "corankco")},
        "strict": [{"profile": profile, "answers": strict_answers(profile)} for profile in strict],
        "tied": [{"profile": profile, "answers": tied_answers(profile)} for profile in tied],
    }
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    Path(target).write_text(json.dumps(answers, indent=1) + "\n", encoding="utf-8")


main(sys.argv[1])
