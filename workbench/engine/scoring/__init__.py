"""Scoring and ranking: the weighted sum on fixed anchors, ties as values, second opinions beside it."""
