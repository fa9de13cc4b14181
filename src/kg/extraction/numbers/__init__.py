"""Quantities: how many at least, at best, at most, and of what kind."""
