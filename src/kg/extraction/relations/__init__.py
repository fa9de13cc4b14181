"""Relations: what the text says to hold between two parties, or between a party and a place.

Frames that are data (``relations.tsv``) over verbs, nouns, adjectives and parts of words; and what names say by themselves: a
place in another (``Jeddah (Arabie saoudite)``), a separatist authority. `kg.extraction.relations.finding` brings them together.
"""
