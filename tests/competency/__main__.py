"""Write the answers anew."""

import tempfile
from pathlib import Path

from kg.queries import ask, read_questions
from kg.store import open_database, store_directory
from kg.vocab import DEFAULT_BASE, project_prefixes
from tests.competency.bundled import ANSWERS, build_bundled
from tests.competency.test_answers import parameters_of


def main() -> None:
    """Build, ask every question, write every answer."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        build_bundled(out)
        with open_database(out / "kg.nq", store_directory(out)) as database:
            for question in read_questions():
                answer = ask(
                    database,
                    question.text,
                    format="csv",
                    parameters=parameters_of(question),
                    prefixes=project_prefixes(DEFAULT_BASE),
                )
                (ANSWERS / f"{question.name}.csv").write_bytes(answer.read())


if __name__ == "__main__":
    main()
