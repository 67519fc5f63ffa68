"""The demonstration's use of the CRM: simulated events, days off, orders and meetings, taken over and scored."""

from flask import current_app

from implement.db import utc_now
from implement.demo.deals import write_deals
from implement.demo.events import list_absences, write_absences, write_events
from implement.demo.hall_story import login_of
from implement.demo.lists import write_calls, write_meetings, write_orders
from implement.demo.people import list_staff
from implement.rollout.service.calendar import choose_calendar
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.usage import span_of_usage
from implement.stages.adoption.service.loading import load_usage
from implement.stages.transfer.service.lost import list_lost_keys
from implement.store import Store
from implement.web.access import Role


def tell(rollout_id: int, store: Store) -> bool:
    """Take the simulated usage over and score everybody; False when that was done before."""
    if span_of_usage(rollout_id) is not None:
        return False
    now = utc_now()
    today = local_day(rollout_id, now)
    staff = list_staff(today)
    absences = list_absences(staff, today)
    lost = list_lost_keys(rollout_id, store=store)
    keys = sorted(lost.to_pylist()) if lost is not None else []
    files = {
        "events.csv": write_events(staff, absences, today, keys), "absences.csv": write_absences(absences),
        "deals.csv": write_deals(staff, today),
        "orders.csv": write_orders(staff, today), "meetings.csv": write_meetings(staff),
        "phone-bill.csv": write_calls(staff, today),
    }  # fmt: skip
    secret, by = current_app.config["SECRET_KEY"], login_of(Role.CONSULTANT)
    choose_calendar(rollout_id, None, "DE-NW", by=by, now=now)
    load_usage(rollout_id, files, store=store, secret=secret, by=by, now=now, today=today)
    return True
