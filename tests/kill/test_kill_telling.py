"""Housekeeping is killed while it tells heads of late steps: each step is told once, however often it is begun anew."""

import random
import time
from datetime import timedelta

from sqlalchemy import func, select

from implement.db import db, utc_now, writing
from implement.rollout.tables import OutboxMail
from implement.stages.pilot.service import chains, rehearsals
from implement.stages.pilot.tables import OrderClock
from implement.web.access import Role
from tests import builders
from tests.fixtures.scale import Scale
from tests.kill.harness import House, lives

SMALL, FULL = 1, 60
LATE_STEPS, LONGEST_BREATH_SECONDS = 40, 0.4


def test_late_steps_are_told_once_whatever_is_killed(house: House, scale: Scale) -> None:  # M77
    begin_late_orders(house)
    chance = random.Random(5)
    for _ in range(scale(SMALL, FULL, of="kills amid telling")):
        teller = house.start("tell")
        time.sleep(chance.uniform(0, LONGEST_BREATH_SECONDS))
        house.kill(teller)
    teller = house.start("tell")
    house.wait_until(lambda: not lives(teller))
    with house.app.app_context():
        mails = db.session.scalar(select(func.count(OutboxMail.id)).where(OutboxMail.key.startswith("step-late:")))
        waiting = db.session.scalar(select(func.count(OrderClock.id)).where(OrderClock.told_at.is_(None)))
    assert (mails, waiting) == (LATE_STEPS, 0)


def begin_late_orders(house: House) -> None:
    """Live rehearsals with an order each that came two weeks ago and was forgotten: a mail each."""
    long_ago = utc_now() - timedelta(days=14)
    with house.app.app_context(), writing():
        rollout_id = builders.a_rollout().id
        lead = builders.a_member(rollout_id, Role.LEAD)
        start = chains.list_starts(rollout_id, "en")[1]
        chain = chains.begin_chain(rollout_id, start.title, start.steps, team_id=None, by=lead, now=long_ago)
        for number in range(LATE_STEPS):
            row = rehearsals.start_live(chain, by=lead, now=long_ago)
            rehearsals.begin_order(row, str(number), by=lead, now=long_ago)
        db.session.commit()
