"""W3C test suites by the engines of kg; `__main__` says how to run them.

    manifests    which tests there are
    comparison   tables of terms and graphs, up to the names of blank nodes
    outcome      what becomes of a test
    shacl        the SHACL suite by the engines of kg validate, and by pyshacl alone
    sparql       the SPARQL 1.1 query suite by kg query, and by pyoxigraph alone
"""
