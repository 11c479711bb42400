from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.agreement.clusters import k_means, point_distances, projected, silhouette


def silhouette_by_definition(distances, members):
    widths = []
    for person in range(len(members)):
        own = [other for other in np.flatnonzero(members == members[person]) if other != person]
        if not own or len(set(members)) == 1:
            widths.append(0.0)
            continue
        inside = distances[person, own].mean()
        outside = min(
            distances[person, members == other].mean() for other in set(members) - {members[person]}
        )
        widths.append((outside - inside) / max(inside, outside) if max(inside, outside) > 0 else 0.0)
    return np.mean(widths)


@given(st.integers(4, 14), st.integers(2, 4), st.integers(0, 10**6))
def test_silhouette_by_definition(people, groups, seed):
    random = np.random.default_rng(seed)
    points = random.normal(size=(3, people, 2))
    members = random.integers(0, groups, (3, people))
    distances = point_distances(points)
    found = silhouette(distances, members, groups)
    for room in range(3):
        np.testing.assert_allclose(
            found[room], silhouette_by_definition(distances[room], members[room]), atol=1e-12
        )


@given(st.integers(5, 20), st.integers(2, 5), st.integers(0, 10**6))
def test_k_means_ends_where_everybody_is_with_the_nearest_centre(people, groups, seed):
    points = np.random.default_rng(seed).normal(size=(4, people, 2))
    members = k_means(points, groups)
    for room in range(4):
        alone = k_means(points[[room]], groups)[0]
        assert np.array_equal(alone, members[room])
        filled = sorted(set(members[room]))
        centres = np.array([points[room][members[room] == group].mean(axis=0) for group in filled])
        away = ((points[room][:, None, :] - centres[None]) ** 2).sum(axis=2)
        own = away[np.arange(people), np.searchsorted(filled, members[room])]
        assert (own <= away.min(axis=1) + 1e-9).all()


def test_k_means_stops_after_its_rounds(monkeypatch):
    monkeypatch.setattr("workbench.engine.agreement.clusters.ROUNDS", 1)
    points = np.random.default_rng(5).normal(size=(1, 40, 2))
    assert set(k_means(points, 4)[0]) == {0, 1, 2, 3}


def test_projection_keeps_distances_of_flat_rooms():
    flat = np.random.default_rng(3).normal(size=(2, 9, 2)) @ np.random.default_rng(4).normal(size=(2, 6))
    np.testing.assert_allclose(point_distances(projected(flat)), point_distances(flat), atol=1e-9)
