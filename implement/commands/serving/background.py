"""The worker of `python -m implement run`."""

import sys

from implement.__main__ import run_command
from implement.commands.serving.lifeline import end_with_starter

if __name__ == "__main__":
    end_with_starter()
    sys.exit(run_command("worker", sys.argv[1:]))
