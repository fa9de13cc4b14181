"""From tokens and groups to clauses: who does what in a sentence, by shape alone."""
