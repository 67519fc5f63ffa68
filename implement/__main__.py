"""`python -m implement …`: find the command by its name and run it; the others are not even imported."""

import ast
import gc
import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from implement.engine.memory import use_again
from implement.scratch import scratch_folder

COMMANDS = Path(__file__).parent / "commands"
INPUT_FAULT, OUR_FAULT = 2, 3
THINGS_MADE = 20_000
"""So many more things are made than let go before garbage is looked for: cells and findings are none."""


def main(arguments: Sequence[str]) -> int:
    """Run the named command and return its exit code: 0 well, 1 findings, 2 the input, 3 our own fault."""
    name, *rest = arguments or ("help",)
    if name in ("help", "-h", "--help"):
        if not rest:
            print(describe_commands())
            return 0
        name, rest = rest[0], ["--help"]
    if name not in find_commands():
        print(f"There is no command {name!r}.\n\n{describe_commands()}", file=sys.stderr)
        return INPUT_FAULT
    use_again()
    with scratch_folder():
        return run_command(name, rest)


def find_commands() -> dict[str, str]:
    """The commands and what each does, read without importing any of them."""
    summaries = {path.stem: read_summary(path) for path in sorted(COMMANDS.glob("*.py"))}
    return {name: summary for name, summary in summaries.items() if summary}


def read_summary(path: Path) -> str:
    """The line a command's module says about itself; empty for a module that is no command."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "SUMMARY":
            return str(ast.literal_eval(node.value))
    return ""


def describe_commands() -> str:
    """The list of commands."""
    lines = [f"  {name:<12}{summary}" for name, summary in find_commands().items()]
    usage, more = "usage: python -m implement COMMAND …", "python -m implement help COMMAND says more."
    return "\n".join((usage, "", *lines, "", more))


def run_command(name: str, arguments: Sequence[str]) -> int:
    """Run the command; what it did not foresee is our fault, told in one line unless IMPLEMENT_DEBUG=1."""
    try:
        command = read_program(f"implement.commands.{name}")
        return int(command.run(arguments))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as fault:  # noqa: BLE001 - the outermost line: whatever it is, the person gets one line
        if os.environ.get("IMPLEMENT_DEBUG") == "1":
            traceback.print_exc()
        said = " ".join(str(fault).split())[:300]
        print(f"implement {name}: {type(fault).__name__}: {said} (IMPLEMENT_DEBUG=1 shows where)", file=sys.stderr)
        return OUR_FAULT


def read_program(name: str) -> ModuleType:
    """Import a module and all it needs; nobody looks for garbage meanwhile, nor often later: reading makes none.

    That saves a quarter of the time, and children forked later share what was read.
    """
    gc.disable()
    try:
        return importlib.import_module(name)
    finally:
        gc.freeze()
        gc.set_threshold(THINGS_MADE)
        gc.enable()


def run_and_leave(arguments: Sequence[str]) -> NoReturn:
    """End at once: taking a million records apart first costs a sixth of a second, and helps nobody."""
    code = 0
    try:
        code = main(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        pass  # whoever read has read enough
    except OSError:
        code = OUR_FAULT  # what was said did not arrive
    os._exit(code)


if __name__ == "__main__":
    run_and_leave(sys.argv[1:])
