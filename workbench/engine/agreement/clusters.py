"""Batched kernels for opinion groups: flat projection, k-means and silhouette for many rooms at once.

All take arrays with the rooms (the real one and its permutations) on the first axis. Starts are chosen by
distance, not by chance, so the same room always gives the same groups.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from workbench.engine.agreement.tables import Floats

Members = NDArray[np.int64]
ROUNDS = 60


def projected(rooms: Floats, axes: int = 2) -> Floats:
    """Project every room, rooms x people x items, on its main axes (principal components).

    Examples
    --------
    >>> flat = projected(np.array([[[0.0, 0.0], [2.0, 0.0], [4.0, 0.0]]]))
    >>> np.abs(flat[0, :, 0]).round(6).tolist()
    [2.0, 0.0, 2.0]
    """
    centred = rooms - rooms.mean(axis=1, keepdims=True)
    covariance = centred.transpose(0, 2, 1) @ centred
    _, vectors = np.linalg.eigh(covariance)
    flat: Floats = centred @ vectors[:, :, ::-1][:, :, :axes]
    return flat


def k_means(points: Floats, groups: int) -> Members:
    """Split every room's points into groups (Lloyd 1982), started from mutually distant points.

    Examples
    --------
    >>> members = k_means(np.array([[[0.0, 0.0], [0.1, 0.0], [9.0, 0.0], [9.1, 0.0]]]), 2)
    >>> bool(members[0, 0] == members[0, 1] != members[0, 2] == members[0, 3])
    True
    """
    centres = _distant_points(points, groups)
    members = _nearest(points, centres)
    for _ in range(ROUNDS):
        own = members[:, :, None] == np.arange(groups)
        size = own.sum(axis=1)[:, :, None]
        sums = own.astype("float64").transpose(0, 2, 1) @ points
        # A group that lost all its people keeps its centre.
        centres = np.divide(sums, size, out=centres.copy(), where=size > 0)
        again = _nearest(points, centres)
        if np.array_equal(again, members):
            break
        members = again
    return members


def silhouette(distances: Floats, members: Members, groups: int) -> Floats:
    """Mean silhouette of every room (Rousseeuw 1987); a point alone in its group counts zero.

    Examples
    --------
    >>> line = np.array([0.0, 1.0, 10.0, 11.0])
    >>> gaps = np.abs(line[:, None] - line[None, :])[None]
    >>> round(float(silhouette(gaps, np.array([[0, 0, 1, 1]]), 2)[0]), 4)
    0.8997
    """
    own = (members[:, :, None] == np.arange(groups)).astype("float64")
    size = own.sum(axis=1)[:, None, :]
    sums = distances @ own
    inside_size = (own * size).sum(axis=2)
    inside = (own * sums).sum(axis=2) / np.maximum(inside_size - 1, 1)
    means = np.divide(sums, size, out=np.full(sums.shape, np.inf), where=size > 0)
    outside = np.where(own > 0, np.inf, means).min(axis=2)
    larger = np.maximum(inside, outside)
    apart = np.isfinite(outside) & (larger > 0) & (inside_size > 1)
    width = np.divide(outside - inside, larger, out=np.zeros(inside.shape), where=apart)
    mean: Floats = width.mean(axis=1)
    return mean


def point_distances(points: Floats) -> Floats:
    """Euclidean distances within every room.

    Examples
    --------
    >>> point_distances(np.array([[[0.0, 0.0], [3.0, 4.0]]]))[0, 0, 1].item()
    5.0
    """
    return np.sqrt(_squared_gaps(points, points))


def _distant_points(points: Floats, groups: int) -> Floats:
    rooms = np.arange(len(points))
    away = (points**2).sum(axis=2)
    centres = [points[rooms, np.argmax(away, axis=1)]]
    nearest = np.full(away.shape, np.inf)
    for _ in range(groups - 1):
        gap = ((points - centres[-1][:, None, :]) ** 2).sum(axis=2)
        nearest = np.minimum(nearest, gap)
        centres.append(points[rooms, np.argmax(nearest, axis=1)])
    return np.stack(centres, axis=1)


def _nearest(points: Floats, centres: Floats) -> Members:
    nearest: Members = np.argmin(_squared_gaps(points, centres), axis=2)
    return nearest


def _squared_gaps(points: Floats, others: Floats) -> Floats:
    """Sum the squares axis by axis: one wide table after another, not one with a narrow last axis."""
    total = np.zeros((points.shape[0], points.shape[1], others.shape[1]))
    for axis in range(points.shape[2]):
        gap = points[:, :, axis, None] - others[:, None, :, axis]
        gap *= gap
        total += gap
    return total
