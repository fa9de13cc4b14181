"""The extractor: reports in, claims out, by whatever kg.toml names as the one who reads them."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import DataError, KgError, UsageError
from kg.extraction.names.gazetteer import load_gazetteer
from kg.extraction.tables import own_tables
from kg.graph import Concepts
from kg.iris import Minter
from kg.language import analyze
from kg.language_model.accounts import Accounts, Budget, read_budget
from kg.language_model.cache import Asking, Cache
from kg.language_model.combination import combine
from kg.language_model.exchange import Backend, Usage
from kg.language_model.faults import Fault
from kg.language_model.ordering import number
from kg.language_model.plan import ANSWER_RATE, Plan, Tools
from kg.language_model.prompts import Prompts, load_prompts
from kg.language_model.reading import Outcome, Rejection
from kg.language_model.request import Request
from kg.language_model.settings import CommandSettings, ModelSettings, ReadingSettings, read_settings
from kg.linking import Linker, Registry
from kg.ontology import concept_index, vocabulary_triples
from kg.project import Project
from kg.records import Claim, Report
from kg.resources import entity_files
from kg.validation import DocumentRules, ShapesValidator

if TYPE_CHECKING:
    from kg.web import Credentials

FOLDER: Final = "model"
"""Below the project's output folder: the answers that were given, and what was rejected."""
_SERVICE: Final = "model"
"""What the key is called: ``KG_MODEL_TOKEN``."""
_TOKEN: Final = 3
"""Bytes of a token of French or English in JSON, about."""
_LONGEST_NAME: Final = 40


@dataclass(frozen=True, slots=True)
class Found:
    """The claims of a report, and what was not taken: answers, and sentences that were kept from the model."""

    claims: tuple[Claim, ...]
    rejections: tuple[Rejection, ...]

    @property
    def unread(self) -> tuple[Rejection, ...]:
        """The parts of the report that were not read, for want of a usable answer."""
        return tuple(rejection for rejection in self.rejections if rejection.outcome == "unread")

    def problems(self, where: str) -> list[KgError]:
        """Those parts as errors: which sentences of the report called so, and why."""
        return [
            DataError(
                f"sentences {part.sentences} were not read: {part.faults[0].message}",
                code="model.unread",
                where=where,
                hint="run it again: what was answered is kept",
            )
            for part in self.unread
        ]


def load_tools(project: Project) -> Tools:
    """Load the reference entities, the shapes and the prompts."""
    registry = Registry((*entity_files(), *project.entities))
    return Tools(
        registry=registry,
        gazetteer=load_gazetteer(project.entities),
        linker=Linker(registry, Minter(project.base)),
        concepts=Concepts(concept_index("instruments"), concept_index("post-types")),
        validator=ShapesValidator(context=tuple(vocabulary_triples())),
        rules=DocumentRules(),
        prompts=load_prompts(),
    )


@dataclass(frozen=True, slots=True)
class Extractor:
    """Reads reports by asking.

    Args:
        asking: asks, by way of the cache.
        settings: how much fits into a request, how often is repaired.
        tools: what answers are held against.
        lexicon: a folder of word tables of the project's own, for the grammars that read times and numbers.
    """

    asking: Asking
    settings: ReadingSettings
    tools: Tools
    lexicon: Path | None = None

    @property
    def name(self) -> str:
        """What `Method.extractor` says of the claims: the prompts' version and the model."""
        return extractor_name(self.tools.prompts.version, self.asking.backend)

    @property
    def accounts(self) -> Accounts:
        """What asking has cost."""
        return self.asking.accounts

    def read(self, report: Report, *, language: str | None = None, rules: Sequence[Claim] | None = None) -> Found:
        """Return the claims of a report.

        Args:
            report: the report.
            language: two-letter code, where the report does not say it.
            rules: the claims of the rules, where the model is to complete them and to judge those that they are unsure of.

        Raises:
            DataError: the language is not known, or none that kg reads.
            Spent: the budget is spent.
            Unusable: nobody can be asked.
        """
        plan = Plan(report, analyze(report, language), self.tools, self.settings, rules)
        outcome = Outcome()
        reader = plan.reader(self.asking.ask, self.name, self.settings.repairs)
        with own_tables(self.lexicon):
            for part in plan.parts:
                outcome.add(reader.read(part, outcome.claims))
        whole = outcome if rules is None else combine(rules, outcome, self.name)
        return Found(tuple(number(whole.claims)), (*_withheld(plan), *whole.rejections))

    def requests(
        self, report: Report, *, language: str | None = None, rules: Sequence[Claim] | None = None
    ) -> Iterator[Request]:
        """Yield the first request of each part of a report, as far as it is known before anything is answered."""
        plan = Plan(report, analyze(report, language), self.tools, self.settings, rules)
        for part in plan.parts:
            yield plan.request(part, ())

    @staticmethod
    def likely(request: Request) -> Usage:
        """About what a request takes: three bytes of it a token, and the claims of its sentences written out."""
        words = sum(len(sentence["text"]) for sentence in request.data["sentences"])
        return Usage(request.size // _TOKEN, words * ANSWER_RATE)


def _withheld(plan: Plan) -> list[Rejection]:
    """Tell of the sentences that no model was shown."""
    text, fault = plan.report.text, Fault("sentence.addressed")
    return [
        Rejection(plan.report.sha256, str(s.number), "withheld", text[slice(*s.span)], (fault,))
        for s in plan.sentences
        if s.is_withheld
    ]


def extractor_name(version: str, backend: Backend) -> str:
    """Return what provenance calls a model with prompts of a version: ``model-1-qwen3-8b``.

    A name that cannot stand there whole (`Key` of `kg.records`) ends in six digits of its digest.
    """
    plain = re.sub(r"[^A-Za-z0-9.]+", "-", backend.name).strip("-.")
    is_whole = plain.replace("-", ":") == backend.name.replace("-", ":") and len(plain) <= _LONGEST_NAME
    digest = "" if is_whole else f"-{hashlib.sha256(backend.name.encode()).hexdigest()[:6]}"
    return f"model-{version}-{plain[:_LONGEST_NAME].strip('-.') or 'unnamed'}{digest}"


@contextmanager
def open_extractor(  # noqa: PLR0913 - all but two by name
    project: Project,
    kind: str,
    *,
    budget: str | None = None,
    environ: Mapping[str, str] | None = None,
    lexicon: Path | None = None,
    tools: Tools | None = None,
    first_pause: float = 1.0,
) -> Iterator[Extractor]:
    """Open the extractor that a project's kg.toml describes.

    Args:
        project: the project; answers are kept in its output folder.
        kind: ``model``, ``command`` or ``rules+model``.
        budget: what may be spent, see `kg.language_model.accounts.read_budget`.
        environ: the environment, by default that of the process.
        lexicon: a folder of word tables of the project's own.
        tools: what is loaded already.
        first_pause: seconds before a second attempt.

    Raises:
        UsageError: kg.toml or the budget is wrong, or the key would go over plain http to another machine.
    """
    settings = read_settings(project, kind)
    accounts = Accounts(settings, read_budget(budget, settings) if budget else Budget())
    tools = tools or load_tools(project)
    cache = Cache(project.out / FOLDER)
    if isinstance(settings, CommandSettings):
        from kg.language_model.command import Command

        command = Command(settings, project.root, accounts)
        yield Extractor(Asking(command, accounts, cache), settings, tools, lexicon)
        return
    with _open_endpoint(
        settings, accounts, cache, environ=environ, pause=first_pause, prompts=tools.prompts
    ) as backend:
        yield Extractor(Asking(backend, accounts, cache), settings, tools, lexicon)


@contextmanager
def _open_endpoint(  # noqa: PLR0913 - all but three by name
    settings: ModelSettings,
    accounts: Accounts,
    cache: Cache,
    *,
    environ: Mapping[str, str] | None,
    pause: float,
    prompts: Prompts,
) -> Iterator[Backend]:
    from kg.language_model.endpoint import Endpoint
    from kg.web import open_client

    credentials = _find_key(settings, os.environ if environ is None else environ)
    with open_client(
        settings.url,
        credentials=credentials,
        timeout=settings.timeout,
        jobs=settings.jobs,
        ca_file=Path(settings.ca_file) if settings.ca_file else None,
        insecure_http=settings.insecure_http,
    ) as client:
        endpoint = Endpoint(settings, client, accounts, prompts=prompts, first_pause=pause)
        endpoint.recall(cache)
        yield endpoint


def _find_key(settings: ModelSettings, environ: Mapping[str, str]) -> Credentials:
    """The key: in the variable that kg.toml names, else wherever `kg.web.credentials` looks."""
    from kg.web import Credentials, Secret, find_credentials

    if settings.key_variable:
        value = environ.get(settings.key_variable)
        if not value:
            raise UsageError(f"{settings.key_variable} is not set", code="model.key", hint="it holds the model's key")
        return Credentials("bearer", None, Secret(value))
    return find_credentials(
        _SERVICE, settings.url, kind="bearer", environ=environ, insecure_http=settings.insecure_http
    )
