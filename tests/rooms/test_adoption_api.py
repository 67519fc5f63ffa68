"""Programs hand events in: whole batches, each event once however often it is sent, and faults line by line."""

import gzip
import json
from collections.abc import Mapping
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from implement.db import db, utc_now
from implement.rollout.service.api_tokens import find_api_token, issue_api_token, revoke_api_token
from implement.rollout.tables import UsageDay
from implement.stages.adoption.batch_work import take_batch
from implement.stages.adoption.event_lines import MOST_BYTES, read_lines
from implement.stages.adoption.service import batches
from implement.stages.adoption.tables import Evaluation, EventBatch, LogPart
from implement.web.access import Permission, Role, Standing
from tests import builders
from tests.rooms.adoption_house import SUNDAY, a_firm

PATH = "/api/v1/usage-events"
NDJSON = "application/x-ndjson"
TEAM = {"North": 6}


def a_token(app: Flask, *, permission: Permission = Permission.IMPORT_USAGE, revoked: bool = False) -> str:
    with app.app_context():
        rollout, now = builders.a_rollout(), utc_now()
        by = a_firm(rollout.id, TEAM)
        standing = Standing(rollout.id, frozenset({Role.LEAD}), None)
        row, token = issue_api_token(standing, name="Nightly", permission=permission, by=by, now=now)
        if revoked:
            revoke_api_token(rollout.id, row.id, by=by, now=now)
        db.session.commit()
    return token


def an_event(user: str = "north.1", minute: int = 0, **more: object) -> dict[str, object]:
    at = f"{SUNDAY}T09:{minute:02d}:00+02:00"
    return {"user": user, "ts": at, "object": "contact", "action": "create", "record_id": f"r{minute}", **more}


def send(app: Flask, token: str, *events: Mapping[str, object] | str, **headers: str) -> TestResponse:
    lines = "\n".join(event if isinstance(event, str) else json.dumps(event) for event in events)
    return send_bytes(app, token, lines.encode(), **headers)


def send_bytes(app: Flask, token: str, body: bytes, kind: str = NDJSON, **headers: str) -> TestResponse:
    said = {"Authorization": f"Bearer {token}", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return app.test_client().post(PATH, data=body, content_type=kind, headers=said)


def days(app: Flask) -> list[tuple[str, int, int]]:
    with app.app_context():
        asked = select(UsageDay.crm_user, UsageDay.events, UsageDay.records).order_by(UsageDay.crm_user)
        return [tuple(row) for row in db.session.execute(asked)]


def count(app: Flask, table: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_batch_is_taken_over_and_everybody_scored(app: Flask) -> None:
    answer = send(app, a_token(app), an_event(minute=1), an_event("north.2", 2))
    assert answer.status_code == 200
    assert answer.json == {"lines": 2, "events": 2, "known": 0, "repeated": False}
    assert days(app) == [("north.1", 1, 1), ("north.2", 1, 1)] and count(app, Evaluation) == 1


def test_the_same_batch_or_event_twice_counts_once(app: Flask) -> None:
    token, first = a_token(app), (an_event(minute=1), an_event(minute=1), an_event(minute=2))
    assert send(app, token, *first).json == {"lines": 3, "events": 2, "known": 0, "repeated": False}
    assert send(app, token, *first).json == {"lines": 3, "events": 2, "known": 0, "repeated": True}
    again = send(app, token, an_event(minute=2), an_event(minute=3))
    assert again.json == {"lines": 2, "events": 2, "known": 1, "repeated": False}
    assert days(app) == [("north.1", 3, 3)] and count(app, EventBatch) == 2


def test_a_key_stands_for_one_batch(app: Flask) -> None:
    token = a_token(app)
    assert send(app, token, an_event(), Idempotency_Key="night-1").json["repeated"] is False  # type: ignore[index]
    assert send(app, token, an_event(), Idempotency_Key="night-1").json["repeated"] is True  # type: ignore[index]
    assert send(app, token, an_event(minute=5), Idempotency_Key="night-1").status_code == 422
    assert days(app) == [("north.1", 1, 1)]


def test_faults_are_told_by_line_and_nothing_is_taken(app: Flask) -> None:
    wrong = an_event(ts="soon", filled=-1, colour="red")
    answer = send(app, a_token(app), an_event(), "no json", wrong, an_event(user=""), {"user": "a"})
    assert answer.status_code == 422 and answer.json is not None
    told = [(fault["line"], fault["key"]) for fault in answer.json["faults"]]
    missing = [(5, key) for key in ("ts", "object", "action")]
    assert told == [(2, None), (3, "ts"), (3, "filled"), (3, "colour"), (4, "user"), *missing]
    assert days(app) == [] and count(app, EventBatch) == 0 == count(app, LogPart)


def test_gzip_is_unpacked_and_a_bomb_is_not(app: Flask) -> None:
    token = a_token(app)
    assert send_bytes(app, token, gzip.compress(json.dumps(an_event()).encode()), Content_Encoding="gzip").json
    bomb = gzip.compress(b" " * (20 * MOST_BYTES))
    assert send_bytes(app, token, bomb, Content_Encoding="gzip").status_code == 413
    assert send_bytes(app, token, b"no gzip", Content_Encoding="gzip").status_code == 422
    assert days(app) == [("north.1", 1, 1)]


def test_whoever_may_not_is_told_why_in_json(app: Flask) -> None:
    event = json.dumps(an_event()).encode()
    tokens = {
        401: ["", "imp_unknown", a_token(app, revoked=True)], 403: [a_token(app, permission=Permission.SEE_REPORT)],
    }  # fmt: skip
    answers = [(status, send_bytes(app, token, event)) for status, some in tokens.items() for token in some]
    token = a_token(app)
    answers += [
        (404, app.test_client().post("/api/v1/nothing")), (415, send_bytes(app, token, event, "text/csv")),
        (415, send_bytes(app, token, event, Content_Encoding="br")), (422, send_bytes(app, token, b"")),
        (413, send_bytes(app, token, b" " * (MOST_BYTES + 1))), (422, send_bytes(app, token, b"\xff\xfe")),
    ]  # fmt: skip
    assert [answer.status_code for _, answer in answers] == [status for status, _ in answers]
    assert all(answer.json and answer.json["message"] for _, answer in answers)
    assert days(app) == []


def test_a_program_that_sends_too_often_is_asked_to_wait(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCHES_A_MINUTE", 2)
    token = a_token(app)
    answers = [send(app, token, an_event(minute=minute)) for minute in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["Retry-After"] == "60"


def test_many_small_batches_become_one_part_and_the_days_stay(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "MOST_SMALL_PARTS", 3)
    token = a_token(app)
    for minute in range(5):
        send(app, token, an_event(minute=minute), an_event(minute=minute + 1))
    assert days(app) == [("north.1", 6, 6)] and count(app, LogPart) == 2


def test_of_two_batches_at_once_the_second_is_computed_anew(app: Flask) -> None:
    token = a_token(app)
    with app.app_context():
        row, store, now = find_api_token(token), app.extensions["implement_store"], utc_now()
        assert row is not None
        bodies = [json.dumps(an_event(minute=minute)).encode() for minute in (1, 2)]
        lines = [read_lines(body, ZoneInfo("Europe/Berlin")) for body in bodies]
        said = {"sha256": "0" * 64, "store": store}
        tasks = [batches.prepare(row.rollout_id, each, key=str(n), **said) for n, each in enumerate(lines)]
        taken = [batches.compute(task, store) for task in tasks]
        assert batches.keep(tasks[0], taken[0], row, now=now) is not None
        assert batches.keep(tasks[1], taken[1], row, now=now) is None
        db.session.commit()
        for _ in range(2):
            take_batch(row, lines[1], key="1", now=now, **said)
    assert days(app) == [("north.1", 2, 2)] and count(app, EventBatch) == 2


def test_the_api_describes_itself(app: Flask) -> None:
    described = app.test_client().get("/api/v1/openapi.json").json
    assert described is not None
    taking = described["paths"][PATH]["post"]
    assert set(taking["responses"]) >= {"200", "401", "413", "415", "422", "429"}
    assert taking["security"] == [{"token": []}]
