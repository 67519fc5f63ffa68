"""Undo instead of “are you sure?”: say what was done and offer the way back."""

from flask import flash, request, url_for


def offer_undo(text: object, undo_url: str) -> None:
    """Say on the next page what was done, with a button that posts to `undo_url`."""
    flash({"text": str(text), "url": undo_url}, "undo")  # type: ignore[arg-type]


def is_put_back() -> bool:
    """True when the address at hand, which ends in `<any(remove, restore):action>`, asks to put a row back."""
    return (request.view_args or {}).get("action") == "restore"


def tell_removed(text: object) -> None:
    """After a row was taken away say so, with a button that puts it back; after it was put back say nothing."""
    if not is_put_back():
        asked = {**(request.view_args or {}), "action": "restore"}
        offer_undo(text, url_for(request.endpoint or "", **asked))
