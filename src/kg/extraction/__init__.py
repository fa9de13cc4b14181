"""From an analysed text to claims, by rules whose words are data."""
