"""A process that has imported everything and gives birth to workers and commands at once, each in a session of its own.

Reads one JSON object a line: the command, its arguments, the environment; answers with the process id.
"""

import json
import logging
import os
import signal
import sys

from implement.__main__ import run_command
from implement.commands import backup, migrate, restore, worker
from implement.jobs import service
from tests.kill import kinds, paying, reporting, sending, telling

OF_TESTS = {"send": sending.run, "tell": telling.run, "report": reporting.run, "pay": paying.run}
BORN_FOR = (backup, migrate, restore, worker, kinds)
AS_OFTEN_AS_NEEDED = 10_000


def bear(command: str, arguments: list[str], environment: dict[str, str]) -> int:
    """Fork a child that runs the command; it leads a group of its own before its number is told, or no kill hits it."""
    waiting, ready = os.pipe()
    child = os.fork()
    if child:
        os.close(ready)
        os.read(waiting, 1)
        os.close(waiting)
        return child
    os.setsid()
    os.close(waiting)
    os.close(ready)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.update(environment)
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)
    own = OF_TESTS.get(command)
    os._exit(own(arguments) if own else run_command(command, arguments))


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    logging.basicConfig(level=logging.WARNING)
    service.MOST_ATTEMPTS = AS_OFTEN_AS_NEEDED
    for line in sys.stdin:
        print(bear(**json.loads(line)), flush=True)
