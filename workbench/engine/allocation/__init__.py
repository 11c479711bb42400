"""Needs against budget: rules that turn ranks, scores or ballots and a ceiling into a funded list.

Every rule works in whole rupiah and returns the reason for every proposal. This package is one step of the
engine: it imports no other step, only `workbench.errors`.
"""
