"""kg completion: tab completion for a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from kg.cli.console import write

EPILOG = """\b
Examples:
  kg completion bash >> ~/.bashrc
  kg completion zsh >> ~/.zshrc
  kg completion fish > ~/.config/fish/completions/kg.fish
"""


@click.command(epilog=EPILOG)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the completion script of a shell."""
    maker = get_completion_class(shell)
    assert maker is not None  # noqa: S101 - the choice above is click's own list
    write(maker(ctx.find_root().command, {}, "kg", "_KG_COMPLETE").source())
