"""Notes about what just happened, with the way back where there is one."""

from flask import flash


def note(text: object, tone: str = "success") -> None:
    """Say on the next page what happened; tones are success, warning, error, info."""
    flash(str(text), tone)


def offer_undo(text: object, undo_url: str) -> None:
    """Say what was done and offer to take it back, instead of asking beforehand."""
    flash({"text": str(text), "url": undo_url}, "undo")  # type: ignore[arg-type]
