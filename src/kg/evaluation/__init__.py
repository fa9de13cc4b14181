"""How good a system's claims are against gold's, layer by layer.

    matching     when two mentions, passages, times are the same
    alignment    which claim answers which, one-to-one
    layers       what is counted of aligned claims       figures      counts and ratios
    mistakes     each miss, invention and error          sentences    the sentence to show it in
    scoring      documents in, scores out                table        for the eye, and as JSON
    floors       figures that must not sink

Scores are micro averages: counts are added up over documents. Offsets are never corrected. What is scored, and how, is said
where it is done: the rules on single things in `matching`, the order of pairing in `alignment`, the layers in `layers`.
`restates`, `cue`, `event`, `regarding` and `instrument` are not scored.
"""

from kg.evaluation.figures import LAYERS, MEASURES, Figure, Retrieval, Scores, Share
from kg.evaluation.mistakes import Mistake
from kg.evaluation.scoring import UNKNOWN_LANGUAGE, Case, Evaluation, evaluate, fingerprint

__all__ = [
    "LAYERS",
    "MEASURES",
    "UNKNOWN_LANGUAGE",
    "Case",
    "Evaluation",
    "Figure",
    "Mistake",
    "Retrieval",
    "Scores",
    "Share",
    "evaluate",
    "fingerprint",
]
