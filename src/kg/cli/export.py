"""kg export: the graph as files for other programs."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.console import Settings, printable, write, write_json
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.stores.bulk import Export, Loader

EPILOG = """\b
Examples:
  kg export --bulk dump                    gzip N-Quads, description, checksums; prints each store's own load command
  kg export --bulk dump --store virtuoso   prints the command of one store
  kg export --bulk dump --shard-size 64    files of 64 MB of N-Quads (before they are packed)
  cd dump && sha256sum -c SHA256SUMS       checks the files

\b
For a first load of a large graph into a store that reads files from its own disk. `kg load` needs no files, replaces exactly
what changed and proves it. In the folder: kg-*.nq.gz (unpacked one after the other they are out/kg.nq), dataset.ttl (VoID
and DCAT, statistics counted), graphs.tsv (each named graph: statements, SHA-256), SHA256SUMS, README.md with the commands.
The same graph gives the same files. Exit status 2: the folder holds something else than an earlier export.
"""


@click.command(epilog=EPILOG)
@click.option("--bulk", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="The folder to write; an earlier export there is replaced.")  # fmt: skip
@click.option("--store", "store", metavar="KIND", help="Print the load command of this kind of store only.")
@click.option("--shard-size", type=click.IntRange(min=1, max=65_536), default=256, show_default=True, metavar="MB",
              help="How much N-Quads a file holds; a graph is cut only where it alone is larger.")  # fmt: skip
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="How to print.")
@click.pass_obj
def export(settings: Settings, *, folder: Path, store: str | None, shard_size: int, style: str) -> None:
    """Write the graph as files for a store's own bulk loader."""
    from kg.stores.bulk import export_bulk, read_loaders
    from kg.stores.graphs import open_dataset

    loaders = read_loaders()
    if store is not None and store not in {loader.store for loader in loaders}:
        known = ", ".join(loader.store for loader in loaders)
        raise UsageError(f"no loader of {store!r} is known", code="export.store", hint=f"kinds: {known}")
    project = settings.find_project()
    dataset = open_dataset(project.out / "kg.nq")
    with settings.progress("exporting", len(dataset.graphs)) as advance:
        done = export_bulk(dataset, folder, base=project.base, shard_size=shard_size * 1_000_000, advance=advance)
    chosen = [loader for loader in loaders if store in (None, loader.store)]
    if style == "json":
        write_json(_as_json(done, chosen))
    else:
        _print(settings, done, chosen)


def _as_json(done: Export, loaders: list[Loader]) -> dict[str, object]:
    found = done.statistics
    return {
        "folder": str(done.folder),
        "statements": found.quads,
        "graphs": found.graphs,
        "distinct_subjects": found.subjects,
        "distinct_objects": found.objects,
        "classes": len(found.classes),
        "properties": len(found.properties),
        "shards": [{"name": s.name, "statements": s.quads, "bytes": s.size, "sha256": s.sha256} for s in done.shards],
        "loaders": [
            {"store": loader.store, "place": loader.place, "command": loader.command, "note": loader.note}
            for loader in loaders
        ],
    }


def _print(settings: Settings, done: Export, loaders: list[Loader]) -> None:
    """Print commands that can be copied: the rest of what is to be known stands as comments."""
    found, size = done.statistics, sum(shard.size for shard in done.shards)
    settings.talk(
        f"wrote {found.quads:,} statements in {found.graphs:,} graphs to {len(done.shards):,} files, {size:,} bytes: "
        f"{printable(str(done.folder))}"
    )
    write(f"cd {shlex.quote(printable(str(done.folder.resolve())))}")
    for loader in loaders:
        write("\n".join(["", f"# {loader.store}: on {loader.place}", loader.command]))
        for line in loader.note.splitlines():
            write(f"#   {line}")
