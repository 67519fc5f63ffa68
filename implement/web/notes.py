"""Undo instead of “are you sure?”: say what was done and offer the way back."""

from flask import flash


def offer_undo(text: object, undo_url: str) -> None:
    """Say on the next page what was done, with a button that posts to `undo_url`."""
    flash({"text": str(text), "url": undo_url}, "undo")  # type: ignore[arg-type]
