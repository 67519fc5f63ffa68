"""Report days over and over, as a salesperson would, until somebody kills the process."""

from pathlib import Path

from implement.app import create_app
from implement.control.activity.service.reporting import report_day
from implement.db import db, utc_now, writing
from implement.rollout.service.rollouts import local_day
from implement.rollout.tables import User

TOGETHER = ("kpi.contacts_kept", "kpi.visits", "kpi.entries_late")
MOST = 1_000


def run(arguments: list[str]) -> int:
    """Each report holds the same number three times; what was committed is noted in a file."""
    rollout_id, person_id, by_id = (int(one) for one in arguments[:3])
    noted = Path(arguments[3])
    with create_app().app_context():
        by = db.session.get_one(User, by_id)
        for number in range(int(noted.read_text()) + 1, MOST):
            with writing():
                today, said = local_day(rollout_id, utc_now()), dict.fromkeys(TOGETHER, number)
                report_day(rollout_id, person_id, today, said, by=by, now=utc_now(), today=today)
                db.session.commit()
            noted.write_text(str(number))
    return 0
