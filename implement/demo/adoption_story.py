"""The demonstration's use of the CRM: simulated events and days off, taken over and scored."""

from flask import current_app

from implement.db import utc_now
from implement.demo.events import list_absences, write_absences, write_events
from implement.demo.hall_story import login_of
from implement.demo.people import list_staff
from implement.rollout.service.usage import span_of_usage
from implement.stages.adoption.service.loading import load_usage
from implement.store import Store
from implement.web.access import Role


def tell(rollout_id: int, store: Store) -> bool:
    """Take the simulated usage over and score everybody; False when that was done before."""
    if span_of_usage(rollout_id) is not None:
        return False
    now = utc_now()
    staff = list_staff(now.date())
    absences = list_absences(staff, now.date())
    files = {"events.csv": write_events(staff, absences, now.date()), "absences.csv": write_absences(absences)}
    secret, by = current_app.config["SECRET_KEY"], login_of(Role.CONSULTANT)
    load_usage(rollout_id, files, store=store, secret=secret, by=by, now=now, today=now.date())
    return True
