"""Who says what, with which words, of which passages."""
