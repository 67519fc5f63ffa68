"""Links of a diary in use: a lost one replaced without losing its days, and everybody reminded once a day.

Who has written is known to nobody, so everybody is reminded; a link is replaced by its group and number, which its page
shows.
"""

from collections.abc import Callable
from datetime import datetime

from implement.jobs import Plain
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.links import end_link, issue_link
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.outbox import post_mail
from implement.rollout.service.rollouts import local_day
from implement.stages.audit.service.diary import PURPOSE, last_instant
from implement.stages.audit.tables import Diary
from implement.web.texts import lazy

WriteMail = Callable[[Diary], tuple[str, str]]


def replace_link(row: Diary, group: str, number: int, *, by: Actor, now: datetime) -> str:
    """A new token for the seat of a lost link, which works no more; what was written stays with the seat."""
    meant: dict[str, Plain] = {"diary_id": row.id, "group": group, "number": number}
    kept = end_link(row.rollout_id, PURPOSE, meant, by=by, now=now)
    terms = {"by": by, "now": now, "rollout_id": row.rollout_id, **kept}
    return issue_link(PURPOSE, expires_in=last_instant(row) - now, **terms)  # type: ignore[arg-type]


def remind_everybody(row: Diary, write: WriteMail, *, by: Actor, now: datetime) -> int:
    """Put a reminder for each address into the outbox, at most one a day; says how many are new."""
    if not row.addresses:
        raise RuleBroken(lazy("No addresses to remind were given when the diary was opened."))
    if now >= last_instant(row):
        raise RuleBroken(lazy("The diary is over; nobody can write in it any more."))
    subject, body = write(row)
    day = local_day(row.rollout_id, now).isoformat()
    keys = {address: f"diary-reminder:{row.id}:{day}:{address}" for address in row.addresses}
    new = sum(post_mail(key, to=address, subject=subject, body=body, now=now) for address, key in keys.items())
    log_write("remind_diary", f"diary:{row.id}", by=by, now=now, rollout_id=row.rollout_id, reminded=new)
    return new
