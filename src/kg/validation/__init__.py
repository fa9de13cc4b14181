"""What a graph must satisfy, in three steps.

1. `shapes`: SHACL Core, one document at a time (`ShapesValidator`);
2. `verify`: rules that cross nodes and documents, as SPARQL over the whole graph;
3. `passages`: claim records against the text of their report.

`rdf` reads RDF of any origin for `kg validate`, `report` writes findings as text, JSON or a SHACL validation report.
"""

from kg.validation.passages import check_passages
from kg.validation.shapes import ShapesValidator
from kg.validation.usage import claims_behind
from kg.validation.verify import DocumentRules, verify

__all__ = ["DocumentRules", "ShapesValidator", "check_passages", "claims_behind", "verify"]
