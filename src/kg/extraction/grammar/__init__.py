"""Finite-state grammars over tokens, whose rules and words are data: the base of times and numbers."""
