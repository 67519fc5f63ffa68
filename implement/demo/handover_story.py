"""The demonstration's handover: somebody of the head's team goes away, and nobody has taken over yet."""

from datetime import timedelta

from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.demo.people import list_staff
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.usage import list_absences, take_over_absences
from implement.store import Store
from implement.web.access import Role


def tell(rollout_id: int, store: Store) -> bool:
    """Note days away that begin in two days; False when that was done before."""
    now, today = utc_now(), local_day(rollout_id, utc_now())
    if any(span.first_day > today for span in list_absences(rollout_id)):
        return False
    lead = login_of(Role.LEAD)
    head = next(one for one in list_staff(today) if one.name == login_of(Role.HEAD).name)
    away = next(one for one in list_staff(today) if one.team == head.team and one.name != head.name)
    span = (away.crm_user, today + timedelta(days=2), today + timedelta(days=15))
    take_over_absences(rollout_id, [span], by=lead, now=now)
    return True
