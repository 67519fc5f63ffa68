"""The web server of `python -m implement run`: granian on one address, its workers gone when it goes."""

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from implement.app import create_app
from implement.commands.serving.lifeline import end_with_forker

ADDRESS = "127.0.0.1"
THREADS_PER_WORKER = 4


def make_app() -> Flask:
    """Build the application in a worker of the server."""
    end_with_forker()
    return create_app()


def serve(port: int, workers: int) -> int:
    """Serve until told to stop; a worker that dies is replaced."""
    Granian(
        f"{__name__}:make_app",
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

    return 0
