"""What happens around a kept answer or file: the answer to script or to a button, the store and its limit."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TypedDict

from flask import abort, current_app, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from implement.stages.audit.screen import Follows
from implement.store import FileTooLarge, StoredFile

MEGABYTE = 1_000_000


class ShownFile(TypedDict):
    """A file as it was sent: its name, and where its bytes lie now."""

    name: str
    stored: StoredFile


def keep_file(sent: FileStorage, *, limit_mb: int) -> ShownFile:
    """Keep the sent file in the store; one that is too large is refused."""
    store = current_app.extensions["implement_store"]
    try:
        return ShownFile(name=sent.filename or "", stored=store.put(sent.stream, limit_bytes=limit_mb * MEGABYTE))
    except FileTooLarge:
        abort(413)


def answer_saved(version: int, location: str, found: Sequence[Follows] | None = None) -> ResponseReturnValue:
    """Tell script the new version and what follows from the answer, and send a button back to its question."""
    if "X-Autosave" not in request.headers:
        return redirect(location)
    return jsonify(version=version) if found is None else jsonify(version=version, found=[asdict(one) for one in found])
