"""Thin edge: see docs/architecture.md."""
