"""The API for usage events, and the page that shows what came in by it."""

import zlib

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from implement.db import begin_reading, utc_now
from implement.engine.intake import Fault
from implement.rollout.service.api_tokens import HeldToken, find_api_token
from implement.rollout.service.rollouts import zone_of
from implement.stages.adoption import words
from implement.stages.adoption.batch_work import take_batch
from implement.stages.adoption.event_lines import MOST_BYTES, MOST_LINES, READERS, REQUIRED, read_lines
from implement.stages.adoption.service import batches as service
from implement.stages.adoption.service.uploads import LISTED_FAULTS, read_events_from
from implement.stages.adoption.tables import EventBatch
from implement.stages.adoption.views.room import pages
from implement.web.access import Permission, public, requires
from implement.web.programs import answer_fault
from implement.web.texts import _

CONTENT_TYPES = ("application/x-ndjson", "application/jsonl", "application/json")
KEY = "Idempotency-Key"
LONGEST_KEY = 64
EXAMPLE = (
    'curl -H "Authorization: Bearer imp_…" -H "Content-Type: application/x-ndjson" --data-binary @events.ndjson {}'
)


class FaultSchema(Schema):
    """Where something is wrong."""

    line = fields.Integer(allow_none=True)
    key = fields.String(allow_none=True)
    reason = fields.String()


class ProblemSchema(Schema):
    """Why nothing was taken over."""

    status = fields.Integer()
    message = fields.String()
    faults = fields.List(fields.Nested(FaultSchema))


class BatchSchema(Schema):
    """What was taken over: lines sent, different events among them, and how many of those were known before."""

    lines = fields.Integer()
    events = fields.Integer()
    known = fields.Integer()
    repeated = fields.Boolean(metadata={"description": "true when this batch was taken over before"})


api = Blueprint("usage_api", __name__, url_prefix="/api/v1", description="Hand in usage events")
EVENT = {
    "type": "object",
    "required": list(REQUIRED),
    "additionalProperties": False,
    "properties": {name: {} for name in READERS},
}
DESCRIBED = {
    "security": [{"token": []}],
    "parameters": [{"in": "header", "name": KEY, "schema": {"type": "string", "maxLength": LONGEST_KEY}}],
    "requestBody": {
        "required": True,
        "description": f"One event a line, at most {MOST_LINES} lines and {MOST_BYTES} bytes; gzip is welcome.",
        "content": {kind: {"schema": EVENT} for kind in CONTENT_TYPES[:2]},
    },
}


@api.route("/usage-events", methods=["POST"])
@api.doc(**DESCRIBED)
@api.response(200, BatchSchema)
@api.alt_response(401, schema=ProblemSchema)
@api.alt_response(403, schema=ProblemSchema)
@api.alt_response(413, schema=ProblemSchema)
@api.alt_response(415, schema=ProblemSchema)
@api.alt_response(422, schema=ProblemSchema)
@api.alt_response(429, schema=ProblemSchema)
@public
def take_events() -> ResponseReturnValue:
    """Take over a batch of events, all of it or nothing; the same batch or event twice counts once."""
    begin_reading()
    token = _find_token()
    if token is None or token.permission != Permission.IMPORT_USAGE:
        return _refuse(401 if token is None else 403)
    if request.mimetype not in CONTENT_TYPES or request.headers.get("Content-Encoding", "gzip") != "gzip":
        return _refuse(415)
    body = _read_body()
    if body is None:
        return _refuse(413)
    return _take(token, body)


@pages.get("/api")
@requires(Permission.IMPORT_USAGE)
def show_api(rollout_id: int) -> ResponseReturnValue:
    """How programs hand events in, and what came in by them."""
    example = EXAMPLE.format(url_for("usage_api.take_events", _external=True))
    shown = {"rows": service.list_batches(rollout_id), "keys": list(READERS), "required": REQUIRED, "example": example}
    return render_template("adoption/api.html", most_lines=MOST_LINES, a_minute=service.BATCHES_A_MINUTE, **shown)


def _find_token() -> HeldToken | None:
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    return find_api_token(token.strip()) if kind.lower() == "bearer" and token.strip() else None


def _read_body() -> bytes | None:
    """The body, unpacked; None when it is too large, or no gzip where it says so."""
    body = request.get_data(cache=False) if (request.content_length or 0) <= MOST_BYTES else None
    if body is None or len(body) > MOST_BYTES:
        return None
    if "Content-Encoding" not in request.headers:
        return body
    unpacking = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        unpacked = unpacking.decompress(body, MOST_BYTES + 1)
    except zlib.error:
        return b"\xff"
    return None if len(unpacked) > MOST_BYTES else unpacked


def _take(token: HeldToken, body: bytes) -> ResponseReturnValue:
    now, rollout_id, sha256 = utc_now(), token.rollout_id, service.hash_body(body)
    key = request.headers.get(KEY, "").strip() or sha256
    if len(key) > LONGEST_KEY:
        return _refuse(422)
    known = service.find_batch(rollout_id, key, sha256)
    if known is not None:
        return _describe(known, repeated=True)
    service.refuse_too_often(token, now)
    lines = read_lines(body, zone_of(rollout_id), read_events_from(rollout_id))
    if lines.faults:
        faults = [_describe_fault(fault) for fault in lines.faults[:LISTED_FAULTS]]
        return answer_fault(422, _("Nothing was taken over. Faults: %(count)d.", count=len(lines.faults)), faults)
    store = current_app.extensions["implement_store"]
    return _describe(take_batch(token, lines, key=key, sha256=sha256, store=store, now=now))


def _refuse(status: int) -> ResponseReturnValue:
    said = {
        401: _("A token that holds is needed."),
        403: _("This token does not allow handing in usage events."),
        413: _("Too large: please send smaller batches."),
        415: _("Please send one JSON object a line (application/x-ndjson), plain or gzip."),
        422: _("The key is too long."),
    }
    return answer_fault(status, said[status])


def _describe(batch: EventBatch, *, repeated: bool = False) -> ResponseReturnValue:
    said = {"lines": batch.line_count, "events": batch.event_count, "known": batch.known_count, "repeated": repeated}
    return said


def _describe_fault(fault: Fault) -> dict[str, object]:
    return {"line": fault.row, "key": fault.column, "reason": words.say_line_fault(fault)}
