"""How the shipped data are made. Nothing here is imported by `kg`; each module is run by hand."""
