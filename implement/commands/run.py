"""`python -m implement run`: database, demonstration, worker and web server, together until told to stop."""

import argparse
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy.orm import configure_mappers

from implement.__main__ import read_program, run_command
from implement.commands.serving.group import AlreadyRunning, Group, carry_mark
from implement.settings import read_settings

SUMMARY = "prepare everything and serve on 127.0.0.1 (PORT, else 8000) until stopped; --bare: no demonstration"
ADDRESS = "127.0.0.1"
SECONDS_TO_ANSWER = 120.0


class Stopped(Exception):
    """Somebody told us to stop."""


def run(arguments: Sequence[str]) -> int:
    """Run until stopped; 2 when the port or the installation is taken, 3 when a part of it ends by itself."""
    parser = argparse.ArgumentParser(prog="implement run", description=SUMMARY)
    parser.add_argument("--bare", action="store_true", help="without the demonstration (also IMPLEMENT_DEMO=0)")
    is_bare = parser.parse_args(arguments).bare or os.environ.get("IMPLEMENT_DEMO") == "0"
    port = int(os.environ.get("PORT", "8000"))
    for told in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(told, _stop)
    group = Group(read_settings().home, carry_mark())
    try:
        return _serve(group, port, is_bare=is_bare)
    except AlreadyRunning:
        return _refuse("Implement already runs on this installation; stop it there first, or set IMPLEMENT_HOME.")
    except Stopped:
        print("\nImplement stops.", file=sys.stderr)
        return 0
    finally:
        group.end()


def _serve(group: Group, port: int, *, is_bare: bool) -> int:
    began = time.monotonic()
    if left_behind := group.take_over():
        print(f"Ended {left_behind} process(es) that a crash had left behind.", file=sys.stderr)
    if not _is_free(port):
        return _refuse(f"Port {port} is taken by another program; choose one: PORT={port + 1} make run")
    serve: Callable[[int, int], int] = read_program("implement.commands.serving.web").serve
    configure_mappers()
    preparation = ["bare" if is_bare else "with-demonstration"]
    code, welcome = group.ask(partial(run_command, "serving.prepare", preparation))
    if code:
        return code
    group.start("worker", partial(run_command, "worker", []))
    group.start("web server", partial(serve, port, int(os.environ.get("IMPLEMENT_WEB_WORKERS", "2"))))
    url = f"http://{ADDRESS}:{port}"
    if _wait_until_it_answers(group, url):
        seconds = time.monotonic() - began
        print(f"{welcome}\nImplement answers at {url} after {seconds:.1f} s. Stop it with Ctrl+C.", flush=True)
        _wait_until_one_ends(group)
    print(f"implement run: the {group.find_ended() or 'web server'} does not run; see above.", file=sys.stderr)
    return 3


def _is_free(port: int) -> bool:
    with socket.socket() as asked:
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def _wait_until_it_answers(group: Group, url: str) -> bool:
    until = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < until and group.find_ended() is None:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def _wait_until_one_ends(group: Group) -> None:
    while group.find_ended() is None:
        time.sleep(0.5)


def _refuse(sentence: str) -> int:
    print(f"implement run: {sentence}", file=sys.stderr)
    return 2


def _stop(number: int, frame: object) -> None:
    signal.signal(number, signal.SIG_IGN)
    raise Stopped
