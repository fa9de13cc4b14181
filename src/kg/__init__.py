"""kg: news reports in, a knowledge graph of attributed claims out.

A report flows one way, and each arrow is one public function::

    file ─sources─▶ Report ─language─▶ Analysis ─extraction─▶ Claim* ─claims─▶ Claim* (reviewed) ─linking─▶ Claim* (with IRIs)
         ─graph─▶ triples ─validation─▶ Finding*
                    ├─outputs─▶ out/*.ttl, *.trig, *.nq, *.jsonld
                    ├─store─▶ embedded store ─queries─▶ table
                    └─stores─▶ external triple store

`kg.records` holds what the stages exchange, `kg.pipeline` their order, `kg.cli` the command line.
"""

__version__ = "0.1.0"
