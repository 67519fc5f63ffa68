"""Somebody is killed between saving reports: what was kept is whole, and nothing that was said to be kept is lost."""

import random
import time
from pathlib import Path

import pytest
from sqlalchemy import update

from implement.control.activity.service.actuals import read_reported_days
from implement.control.activity.tables import ActivityPeriod
from implement.db import db, utc_now
from implement.rollout.service.log import log_write
from implement.rollout.service.rollouts import local_day
from tests.fixtures.scale import Scale
from tests.kill.harness import House
from tests.kill.reporting import TOGETHER
from tests.rooms.planned_firm import PlannedFirm, a_planned_firm

pytestmark = pytest.mark.own_application

SMALL, FULL, LONGEST_BREATH_SECONDS = 3, 200, 0.1
ENOUGH = 800  # a day's report holds a thousand at most: then numbers begin anew


def test_reports_survive_kills(house: House, scale: Scale, tmp_path: Path) -> None:
    kills, noted, chance = scale(SMALL, FULL, of="kills between reports"), tmp_path / "noted", random.Random(3)
    planned = begin_today(house)
    noted.write_text("0")
    for _ in range(kills):
        so_far = int(noted.read_text())
        who = (planned.firm.rollout_id, planned.bob_id, planned.firm.accounts["north.2"].id)
        reporter = house.start("report", *(str(one) for one in who), str(noted))
        house.wait_until(lambda so_far=so_far: int(noted.read_text() or so_far) > so_far)  # type: ignore[misc]
        time.sleep(chance.uniform(0, LONGEST_BREATH_SECONDS))
        house.kill(reporter)
        kept = read_numbers(house, planned)
        assert len(kept) == 1 and max(kept) >= int(noted.read_text() or so_far), "whole, and as new as was noted"
        noted.write_text(str(max(kept) if max(kept) < ENOUGH else 0))


def begin_today(house: House) -> PlannedFirm:
    with house.app.app_context():
        planned = a_planned_firm(with_sheet=False)
        today = local_day(planned.firm.rollout_id, utc_now())
        db.session.execute(update(ActivityPeriod).values(first_day=today, last_day=today))
        log_write("begin_today", "period:1", by=None, now=utc_now(), rollout_id=planned.firm.rollout_id)
        db.session.commit()
        return planned


def read_numbers(house: House, planned: PlannedFirm) -> set[int]:
    """The different numbers that stand in the last report."""
    with house.app.app_context():
        today = local_day(planned.firm.rollout_id, utc_now())
        found = read_reported_days([planned.bob_id], today, today)
        return {found[planned.bob_id, key][today] for key in TOGETHER}
