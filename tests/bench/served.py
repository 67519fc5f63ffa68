"""The server of `python -m implement run` with one page more: a static answer, the limit of what pages can reach.

`python -m tests.bench.served PORT WORKERS`
"""

import sys

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from implement.app import create_app
from implement.commands.serving.web import ADDRESS, THREADS_PER_WORKER
from implement.web.access import public

STATIC = "/static-answer"
ANSWER = "<!doctype html><title>Static</title>" + "<p>The same answer for everybody.</p>" * 20


def make_app() -> Flask:
    """The application with the static answer."""
    app = create_app()
    app.add_url_rule(STATIC, "static_answer", public(lambda: ANSWER))
    return app


def serve(port: int, workers: int) -> None:
    """Serve as `run` does."""
    Granian(
        "tests.bench.served:make_app", factory=True, address=ADDRESS, port=port, interface=Interfaces.WSGI,
        workers=workers, blocking_threads=THREADS_PER_WORKER, log_level=LogLevels.error,
    ).serve()  # fmt: skip


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
