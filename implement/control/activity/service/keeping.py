"""What plans hold about people: delivered targets and reports of activities."""

from sqlalchemy import func, select

from implement.control.activity.tables import ActivityReport
from implement.db import db
from implement.rollout.service.retention import Held
from implement.rollout.service.usage import list_staff


def hold_reports(rollout_id: int) -> Held:
    """The oldest report of activities, and how many there are."""
    people = [one.person_id for one in list_staff(rollout_id)]
    asked = select(func.min(ActivityReport.day), func.count()).where(ActivityReport.person_id.in_(people))
    oldest, count = db.session.execute(asked).one()
    return Held(oldest, count)
