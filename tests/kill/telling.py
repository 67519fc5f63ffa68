"""The chore that tells heads of late steps, as a process of its own to be killed."""

from implement.app import create_app
from implement.commands.serving.housekeeping import tell


def run(_arguments: list[str]) -> int:
    """Tell of everything that is late."""
    tell(create_app())
    return 0
