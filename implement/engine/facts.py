"""Small facts every part of the engine shares."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Told the step, the rows done so far and the rows in all (0 when not yet known)."""


def no_progress(step: str, done_rows: int, total_rows: int) -> None:
    """Listen to progress without telling anybody."""
