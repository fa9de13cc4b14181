"""Names and descriptions of persons, bodies, groups, parties and places, and what they stand for."""
