"""The web server of `python -m implement run`: granian on one address, its workers gone when it goes."""

import os
import sys

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from implement.app import create_app
from implement.commands.serving.lifeline import end_with_forker, end_with_starter

ADDRESS = "127.0.0.1"
THREADS_PER_WORKER = 4


def make_app() -> Flask:
    """Build the application in a worker of the server."""
    end_with_forker()
    return create_app()


def serve(port: int, workers: int) -> None:
    """Serve until told to stop; a worker that dies is replaced."""
    end_with_starter()
    Granian(
        f"{__spec__.name if __spec__ else __name__}:make_app",
        factory=True,
        address=ADDRESS,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS_PER_WORKER,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(os.environ.get("IMPLEMENT_WEB_WORKERS", "2")))
