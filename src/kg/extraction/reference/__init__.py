"""What refers back: pronouns, descriptions and echoes, tied to what they mean where that is safe."""
