"""Pairwise comparison: matrices of judgements, weights, consistency, groups, hierarchies (AHP)."""
