"""Programs are killed while they hand batches in: sent again under their keys, none is lost and none counts twice."""

import json
import random
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from implement.db import db, utc_now, writing
from implement.rollout.service.api_tokens import issue_api_token
from implement.rollout.tables import UsageDay
from implement.stages.adoption.tables import EventBatch, LogPart
from implement.web.access import Permission, Role, Standing
from tests import builders
from tests.fixtures.scale import Scale
from tests.kill.harness import House, lives
from tests.rooms.adoption_house import a_firm, users_of

pytestmark = pytest.mark.own_application

SMALL, FULL = 4, 60
BATCHES_A_KILL, EVENTS_A_DAY, LONGEST_BREATH_SECONDS = 3, 4, 0.25
TEAM = {"North": 6}


def test_batches_survive_kills(house: House, scale: Scale, tmp_path: Path) -> None:
    kills = scale(SMALL, FULL, of="kills amid batches of programs")
    token, batches = a_token(house), kills * BATCHES_A_KILL
    first_day = utc_now().date() - timedelta(days=batches + 1)
    for number in range(batches):
        (tmp_path / f"{number:04d}.ndjson").write_text(a_batch(first_day, number))
    chance = random.Random(7)
    for _ in range(kills):
        send_until_killed(house, token, tmp_path, chance.uniform(0, LONGEST_BREATH_SECONDS))
    send_the_rest(house, token, tmp_path)
    assert count_acknowledged(tmp_path) == batches
    demand_whole(house, batches, first_day)


def send_until_killed(house: House, token: str, folder: Path, breath: float) -> None:
    """Let the program have one batch acknowledged, and kill it somewhere in the next."""
    so_far, sender = count_acknowledged(folder), house.start("send", token, str(folder))
    house.wait_until(lambda: count_acknowledged(folder) > so_far or not lives(sender))
    time.sleep(breath)
    house.kill(sender)


def send_the_rest(house: House, token: str, folder: Path) -> None:
    """Let a program send all that is left, with patience anew for each batch."""
    sender = house.start("send", token, str(folder))
    while lives(sender):
        so_far = count_acknowledged(folder)
        house.wait_until(lambda so_far=so_far: count_acknowledged(folder) > so_far or not lives(sender))  # type: ignore[misc]


def demand_whole(house: House, batches: int, first_day: date) -> None:
    """Every batch is there once, and every person's every day with its events."""
    with house.app.app_context():
        assert db.session.scalar(select(func.count(EventBatch.id))) == batches
        events = db.session.scalar(select(func.sum(LogPart.event_count)))
        written = list(db.session.execute(select(UsageDay.crm_user, UsageDay.day, UsageDay.events)))
    days = [first_day + timedelta(days=number) for number in range(batches)]
    assert events >= batches * len(users_of("North", 6)) * EVENTS_A_DAY
    assert {(user, day): count for user, day, count in written} == {
        (user, day): EVENTS_A_DAY for user in users_of("North", 6) for day in days
    }


def a_token(house: House) -> str:
    """A firm, and what its program may do."""
    with house.app.app_context(), writing():
        rollout_id = builders.a_rollout().id
        by = a_firm(rollout_id, TEAM)
        lead = Standing(rollout_id, frozenset({Role.LEAD}), None)
        _row, token = issue_api_token(lead, name="Nightly", permission=Permission.IMPORT_USAGE, by=by, now=utc_now())
        db.session.commit()
    return token


def a_batch(first_day: date, number: int) -> str:
    """A day's events, and those of the day before once more."""
    days = dict.fromkeys(first_day + timedelta(days=max(0, number - back)) for back in (0, 1))
    team, numbers = users_of("North", 6), range(EVENTS_A_DAY)
    return "\n".join(an_event(user, day, n) for day in days for user in team for n in numbers)


def an_event(user: str, day: date, number: int) -> str:
    said = {"user": user, "ts": f"{day}T09:{number:02d}:00+00:00", "object": "contact", "action": "create"}
    return json.dumps({**said, "record_id": f"r{number}"})


def count_acknowledged(folder: Path) -> int:
    return len(list(folder.glob("*.done")))
