"""rdflib-endpoint as a server of its own: ``python -m tests.stores.sparql_endpoint PORT``."""

from __future__ import annotations

import sys


def main() -> None:
    """Serve an empty dataset in memory, on loopback, until killed."""
    import uvicorn
    from rdflib import Dataset
    from rdflib_endpoint import SparqlEndpoint

    uvicorn.run(
        SparqlEndpoint(graph=Dataset(), enable_update=True),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        log_level="warning",
    )


if __name__ == "__main__":
    main()
