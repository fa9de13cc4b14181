"""SHACL Core, compiled: shapes become chains of small functions over an index of N-Triples terms.

Written because validation runs on every document of a build and no library engine that is small enough was fast enough
(`benchmarks/validation.py` measures it). The whole of SHACL Core is here (https://www.w3.org/TR/shacl/#part1), nothing of
SHACL-SPARQL; pyshacl remains the reference that the tests hold it to.

    terms        what a literal is: parts, validity, order
    graph        triples as an index, with the classes of each node
    paths        property paths
    constraints  one builder for each constraint component
    compiler     a shapes graph to shapes with targets
"""
