"""The shipped questions, asked of the bundled reports' graph: NAME.csv holds the exact answer to question NAME.

``python -m tests.competency`` writes the answers anew; look at the difference before committing it.
"""
