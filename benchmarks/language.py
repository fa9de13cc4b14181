"""The language stage: against marked reports, against treebanks, and how fast it is.

    python -m benchmarks.language [--marked FOLDER] [--ud FOLDER] [--reports 200]

``--marked`` has ``reports/NAME.txt`` with ``.tokens`` and ``verb-groups.LANGUAGE.tsv`` (default: those of the tests). ``--ud``
has ``LANGUAGE_NAME.conllu``. Of a treebank: sentence boundaries and tokens as F1 (its conventions differ from ours at hyphens
and units), word class and lemma of the tokens that both have, and of its verbs: which are heads of our groups, and whether
voice, negation and finiteness are the same. Speed is processor time of one core on texts made of the marked reports.
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.language.marked import (
    FOLDER,
    LABELS,
    LANGUAGES,
    MarkedReport,
    f_score,
    labels,
    matched,
    read_cases,
    read_reports,
)

from benchmarks.treebank import Document, Word, read_documents
from kg.analysis import Analysis, VerbGroup
from kg.language import analyze

CHARACTERS = 3_000
SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
SEMI_AUXILIARIES = frozenset("pouvoir devoir falloir aller venir faire have go".split())
NEGATION = frozenset(("pas", "jamais", "guère", "not", "never", "n't"))


def main() -> None:
    """Print all figures."""
    arguments = _arguments()
    reports = read_reports(arguments.marked / "reports")
    marked(reports, arguments.marked)
    for path in sorted(arguments.ud.glob("*.conllu")) if arguments.ud else ():
        treebank(path)
    speed(reports, arguments.reports)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--marked", type=Path, default=FOLDER)
    parser.add_argument("--ud", type=Path)
    parser.add_argument("--reports", type=int, default=200)
    return parser.parse_args()


# --------------------------------------------------------------------------- marked data


def marked(reports: list[MarkedReport], folder: Path) -> None:
    """Sentences, tokens and verb groups as people have marked them."""
    for language in LANGUAGES:
        scores = []
        for report in (r for r in reports if r.language == language):
            analysis = analyze(report.text, language)
            sentences = f_score([(s.start, s.end) for s in analysis.sentences], report.sentences)
            scores.append((sentences, f_score([(t.start, t.end) for t in analysis.tokens], report.tokens)))
        means = [sum(column) / len(column) for column in zip(*scores, strict=True)]
        print(f"marked {language}: {len(scores)} reports, sentences F1 {means[0]:.4f}, tokens F1 {means[1]:.4f}")
        right: Counter[str] = Counter()
        wanted_groups = found_groups = 0
        for sentence, wanted in read_cases(language, folder):
            analysis = analyze(sentence, language)
            found = [labels(analysis, group) for group in analysis.verb_groups]
            wanted_groups += len(wanted)
            found_groups += len(found)
            for row, same in matched(found, wanted):
                right.update(label for label in LABELS if same.get(label) == row[label])
        figures = ", ".join(f"{label} {right[label] / wanted_groups:.4f}" for label in LABELS)
        print(f"marked {language}: {wanted_groups} verb groups ({found_groups} found), {figures}")


# --------------------------------------------------------------------------- treebanks


def treebank(path: Path) -> None:
    """Figures against one section of a treebank."""
    language = path.name[:2]
    count: Counter[str] = Counter()
    sentences: list[float] = []
    tokens: list[float] = []
    for document in read_documents(path):
        analysis = analyze(document.text, language)
        sentences.append(f_score([(s.start, s.end) for s in analysis.sentences], document.sentences))
        tokens.append(f_score([(t.start, t.end) for t in analysis.tokens], [w.span for w in document.words]))
        _count_words(document, analysis, count)
        _count_verbs(document, analysis, count)
    words, verbs, heads = count["words"], count["verbs"], count["heads"]
    print(
        f"{path.stem}: {words} words, sentences F1 {_mean(sentences):.3f}, tokens F1 {_mean(tokens):.3f}, "
        f"UPOS {count['upos'] / words:.3f} (AUX as VERB {count['class'] / words:.3f}), lemma {count['lemma'] / words:.3f}"
    )
    print(
        f"{path.stem}: {verbs} verbs, heads of groups {heads / verbs:.3f}, voice {count['voice'] / heads:.3f}, "
        f"negation {count['negation'] / count['plain']:.3f}, finite {count['finite'] / heads:.3f}"
    )


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _count_words(document: Document, analysis: Analysis, count: Counter[str]) -> None:
    ours = {(token.start, token.end): token for token in analysis.tokens}
    for word in document.words:
        token = ours.get(word.span)
        if token is not None:
            count["words"] += 1
            count["upos"] += token.word_class == word.upos
            count["class"] += token.word_class.replace("AUX", "VERB") == word.upos.replace("AUX", "VERB")
            count["lemma"] += token.lemma.lower() == word.lemma.lower()


def _count_verbs(document: Document, analysis: Analysis, count: Counter[str]) -> None:
    groups = {(analysis.tokens[g.head].start, analysis.tokens[g.head].end): g for g in analysis.verb_groups}
    for word in document.words:
        relations = {relation for relation, _, _ in word.children}
        if word.upos != "VERB" or (word.lemma in SEMI_AUXILIARIES and relations & {"xcomp", "ccomp", "aux:caus"}):
            continue
        count["verbs"] += 1
        group = groups.get(word.span)
        if group is not None:
            count["heads"] += 1
            count["voice"] += (group.voice == "passive") == _is_passive(word, relations)
            if not group.modal and not group.periphrasis:  # there the tree negates the other verb
                count["plain"] += 1
                count["negation"] += group.is_negated == _is_negated(word)
            count["finite"] += (group.form == "finite") == _is_finite(word, group)


def _is_passive(word: Word, relations: set[str]) -> bool:
    if relations & {"aux:pass", "nsubj:pass", "csubj:pass"} or "Voice=Pass" in word.features:
        return True
    is_participle = "VerbForm=Part" in word.features and "Tense=Pres" not in word.features
    has_auxiliary = any(relation.startswith("aux") or relation == "cop" for relation in relations)
    return is_participle and not has_auxiliary and word.relation.startswith(("acl", "advcl", "amod"))


def _is_negated(word: Word) -> bool:
    """Tell whether the tree negates a verb: by an adverb, French also by ne without que, or by sans before it."""
    lemmas = {lemma.lower() for relation, lemma, _ in word.children if relation.startswith(("advmod", "mark", "case"))}
    if lemmas & NEGATION:
        return True
    return ("ne" in lemmas and "que" not in lemmas) or "sans" in lemmas


def _is_finite(word: Word, group: VerbGroup) -> bool:
    if group.modal or group.periphrasis:
        return group.form == "finite"
    modals = frozenset("will would can could may might must shall should".split())
    return "VerbForm=Fin" in word.features or any(
        relation.startswith(("aux", "cop")) and ("VerbForm=Fin" in features or lemma in modals)
        for relation, lemma, features in word.children
    )


# --------------------------------------------------------------------------- speed


def speed(reports: list[MarkedReport], number: int) -> None:
    """Reports of 3,000 characters per second and core, linearity in length, and the time of the import."""
    for language in LANGUAGES:
        body = "\n\n".join(report.text for report in reports if report.language == language)
        texts = [_piece(body, at * 997, CHARACTERS) for at in range(number)]
        seconds = _seconds(texts[:20], language) and _seconds(texts, language)
        print(f"speed {language}: {number / seconds:.0f} reports of {CHARACTERS:,} characters per second and core")
        costs = []
        for size in SIZES:
            once = _piece(body, 0, size)
            rounds = max(1, 100_000 // size)
            costs.append(f"{_seconds([once] * rounds, language) / rounds / size * 1e6:.2f}")
        sizes = ", ".join(f"{size:,}" for size in SIZES)
        print(f"linearity {language}: µs per character at {sizes} characters: {', '.join(costs)}")
    code = "import time; t = time.perf_counter(); import kg.language; print(time.perf_counter() - t)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    print(f"import kg.language: {float(done.stdout):.3f} s")


def _piece(body: str, start: int, length: int) -> str:
    """Return a text of a length, made of the body over and over."""
    start %= len(body)
    return (body[start:] + "\n\n" + body * (length // len(body) + 1))[:length]


def _seconds(texts: Iterable[str], language: str) -> float:
    gc.collect()
    started = time.process_time()
    for text in texts:
        analyze(text, language)
    return time.process_time() - started


if __name__ == "__main__":
    main()
