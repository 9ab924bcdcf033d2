"""The commands and their one-line summaries; a command's module is imported when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from jtai_cli import __version__
from jtai_cli.cli.writing.output import complain, write

if TYPE_CHECKING:
    from click.formatting import HelpFormatter

COMMANDS = {
    "status": "How do the plans stand? Completion, ratings and what is overdue.",
    "overdue": "What is late, by how many days, and whose is it?",
    "actions": "The actions: by owner, rating, date and more.",
    "show": "One action whole.",
    "tracker": "The board's table: ratings at first, last month and now.",
    "changes": "What moved since a commit or a date, and why the headline did.",
    "slippage": "Which dates keep moving, by how much, and with what reason.",
    "trend": "Completion over time, against what was planned.",
    "ages": "Ratings that do not move and actions nobody updates, by owner.",
    "validate": "Is what is written in the plans sound?",
    "check": "The gate: does any plan breach the policy?",
    "init": "Make a repository ready: a first plan, policy, hooks, CI.",
    "schema": "Write the JSON Schema that editors use.",
    "explain": "What a rule means, why it matters, how to mend it.",
}
"""Every command with its summary, in the order of the help page."""


def _say_help(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    """Write help as every answer is written: click takes a closed output for a good one."""
    if asked and not context.resilient_parsing:
        write(f"{context.get_help()}\n")
        context.exit()


def _say_version(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        write(f"jtai {__version__}\n")
        context.exit()


_help_option = click.option(
    "-h",
    "--help",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_say_help,
    help="Show this message and exit.",
)


class _Commands(click.Group):
    """A group that knows the names and summaries of its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"jtai_cli.cli.{cmd_name}").command
        if not any(option.name == "help" for option in command.params):
            _help_option(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        # while a word is completed, nothing is refused
        given = args if not ctx.resilient_parsing else []
        if given and not given[0].startswith("-") and given[0] not in COMMANDS:
            from jtai_cli.plan.problem import did_you_mean, quoted

            hint = did_you_mean(args[0], COMMANDS)
            known = ", ".join(COMMANDS)
            raise click.UsageError(
                f"there is no command {quoted(args[0])}; {hint or f'there are: {known}'}", ctx
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Commands,
    epilog="Example: jtai status plans/our-plan.yaml --as-of 2025-08-07",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_say_version,
    help="Show the version and exit.",
)
@_help_option
def main() -> None:
    """Improvement plans after an inspection, as text that can be checked.

    Plans are YAML files, found in the folder 'plans' of this directory or of one above it.
    """


def invoke(arguments: list[str]) -> int:
    """Run a command and return its exit code; what click refuses is said on standard error."""
    try:
        code = main.main(arguments, prog_name="jtai", standalone_mode=False)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.exceptions.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as refused:
        complain(_words(refused))
        return 2
    return code if isinstance(code, int) else 0


def _words(refused: click.ClickException) -> str:
    context = getattr(refused, "ctx", None)
    # without a command, the message is the help page: there is nothing to add to it
    said = refused.format_message()
    if type(refused).__name__ == "NoArgsIsHelpError":
        return said
    from jtai_cli.plan.problem import visible

    # click repeats what was typed as it stands
    said = "\n".join(map(visible, said.split("\n")))
    if context is None:
        return said
    return f"{said}\n{context.get_usage()}\nFor more: {context.command_path} --help"
