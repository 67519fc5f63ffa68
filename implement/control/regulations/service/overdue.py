"""Who has not acknowledged in time, and reminders: at most one a day and person, never twice after a crash (M113)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from implement.rollout.service.outbox import post_mail
from implement.rollout.service.regulations import BoundPerson, VersionRow, list_bound, list_newest
from implement.rollout.service.rollouts import list_rollout_ids, local_day, zone_of
from implement.web.texts import _, day, in_language

MOST_REMINDERS = 5


@dataclass(frozen=True)
class OverdueRow:
    """A person who has not acknowledged a version that was due on a day."""

    version_id: int
    title: str
    number: int
    person: BoundPerson
    due: date


@dataclass(frozen=True)
class Reading:
    """How many of those a version binds have acknowledged it, and how many are late."""

    bound: int
    acknowledged: int
    overdue: int
    due: date


def due_day(row: VersionRow, zone: ZoneInfo) -> date:
    """Until when a version is to be acknowledged; `row` was handed out."""
    assert row.handed_out_at is not None
    return row.handed_out_at.astimezone(zone).date() + timedelta(days=row.terms.days_to_acknowledge)


def list_overdue(rollout_id: int, today: date) -> list[OverdueRow]:
    """Everybody who is late with the newest version of a text, the longest late first."""
    zone, newest = zone_of(rollout_id), list_newest(rollout_id)
    late = {key: row for key, row in newest.items() if due_day(row, zone) < today}
    bound = list_bound(rollout_id, late, {key: row.terms for key, row in late.items()})
    found = [
        OverdueRow(key, late[key].title, late[key].number, person, due_day(late[key], zone))
        for key, people in bound.items()
        for person in people
        if person.acknowledged_at is None
    ]
    return sorted(found, key=lambda one: (one.due, one.title, one.person.name))


def read_readings(rollout_id: int, rows: list[VersionRow], today: date) -> dict[int, Reading]:
    """How far each version that was handed out has been read."""
    zone, out = zone_of(rollout_id), {row.version_id: row for row in rows if row.handed_out_at}
    found = {}
    for key, people in list_bound(rollout_id, out, {key: row.terms for key, row in out.items()}).items():
        done, due = sum(one.acknowledged_at is not None for one in people), due_day(out[key], zone)
        found[key] = Reading(len(people), done, len(people) - done if due < today else 0, due)
    return found


def remind_overdue(*, now: datetime) -> int:
    """Write to everybody who is late in any rollout, on the first days of being late only; returns how many mails."""
    return sum(_remind(rollout_id, now) for rollout_id in list_rollout_ids())


def _remind(rollout_id: int, now: datetime) -> int:
    today = local_day(rollout_id, now)
    late = [one for one in list_overdue(rollout_id, today) if today <= one.due + timedelta(days=MOST_REMINDERS)]
    return sum(_remind_person(one, today, now) for one in late)


def _remind_person(one: OverdueRow, today: date, now: datetime) -> bool:
    if one.person.user_id is None:  # reads by a link, which is not known here
        return False
    with in_language(one.person.language or "en"):
        subject = _("Still to be acknowledged: %(title)s", title=one.title)
        body = _(
            "“%(title)s”, version %(number)s, was to be acknowledged until %(day)s. Please read it in Implement.",
            title=one.title, number=one.number, day=day(one.due),
        )  # fmt: skip
    key = f"regulation-late:{one.version_id}:{one.person.user_id}:{today}"
    return post_mail(key, to=one.person.email, subject=subject, body=body, now=now)
