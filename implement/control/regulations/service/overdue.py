"""Who has not acknowledged in time, and reminders: at most one a day and person, never twice after a crash (M113)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from implement.rollout.service.outbox import Letter, find_written, post_mail, post_mails
from implement.rollout.service.person_links import give_links
from implement.rollout.service.reading_links import HOLDS
from implement.rollout.service.reading_links import PURPOSE as READING
from implement.rollout.service.regulations import BoundPerson, VersionRow, list_bound, list_newest
from implement.rollout.service.rollouts import get_rollout, list_rollout_ids, local_day, zone_of
from implement.web.texts import _, day, in_language

MOST_REMINDERS = 5
LAW_LANGUAGES = {"DE": "de", "PL": "pl", "RU": "ru"}
"""What somebody without an account most likely reads: nobody asked them."""


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
        if person.acknowledged_at is None and person.works_on(today)
    ]
    return sorted(found, key=lambda one: (one.due, one.title, one.person.name))


def read_readings(rollout_id: int, rows: list[VersionRow], today: date) -> dict[int, Reading]:
    """How far each version that was handed out has been read."""
    zone, out = zone_of(rollout_id), {row.version_id: row for row in rows if row.handed_out_at}
    found = {}
    for key, bound in list_bound(rollout_id, out, {key: row.terms for key, row in out.items()}).items():
        people = [one for one in bound if one.works_on(today)]
        done, due = sum(one.acknowledged_at is not None for one in people), due_day(out[key], zone)
        found[key] = Reading(len(people), done, len(people) - done if due < today else 0, due)
    return found


def remind_overdue(*, now: datetime, address: str) -> int:
    """Write to everybody who is late in any rollout, on the first days of being late only; returns how many mails.

    Whoever reads by a link gets a new one with it, under the `address` of this installation.
    """
    return sum(_remind(rollout_id, now, address) for rollout_id in list_rollout_ids())


def _remind(rollout_id: int, now: datetime, address: str) -> int:
    today = local_day(rollout_id, now)
    late = [one for one in list_overdue(rollout_id, today) if today <= one.due + timedelta(days=MOST_REMINDERS)]
    by_link = [one for one in late if one.person.user_id is None and one.person.email]
    by_account = sum(_remind_person(one, today, now) for one in late if one.person.user_id is not None)
    return by_account + (_remind_by_link(rollout_id, by_link, today, now, address) if by_link else 0)


def _remind_person(one: OverdueRow, today: date, now: datetime) -> bool:
    with in_language(one.person.language or "en"):
        subject = _("Still to be acknowledged: %(title)s", title=one.title)
        body = _(
            "“%(title)s”, version %(number)s, was to be acknowledged until %(day)s. Please read it in Implement.",
            title=one.title, number=one.number, day=day(one.due),
        )  # fmt: skip
    key = f"regulation-late:{one.version_id}:{one.person.user_id}:{today}"
    return post_mail(key, to=one.person.email, subject=subject, body=body, now=now)


def _remind_by_link(rollout_id: int, late: list[OverdueRow], today: date, now: datetime, address: str) -> int:
    """One mail a day for each person, with a new link for all that waits; whoever has it already keeps their link."""
    waiting: dict[int, list[OverdueRow]] = {}
    for one in late:
        waiting.setdefault(one.person.person_id or 0, []).append(one)
    keys = {who: f"regulation-late-link:{who}:{today}" for who in waiting}
    written = find_written(keys.values())
    new = [who for who, key in keys.items() if key not in written]
    tokens = give_links(rollout_id, READING, new, days=HOLDS.days, by=None, now=now)
    language = LAW_LANGUAGES.get(get_rollout(rollout_id).legal_profile, "en")
    with in_language(language):
        letters = [
            Letter(keys[who], waiting[who][0].person.email, *_write_by_link(waiting[who], url, today + HOLDS))
            for who, url in ((who, f"{address}/reading/{token}") for who, token in tokens.items())
        ]
    return post_mails(letters, now=now)


def _write_by_link(late: list[OverdueRow], url: str, until: date) -> tuple[str, str]:
    """Subject and text of a reminder to somebody without an account."""
    titles = ", ".join(one.title for one in late)
    body = _(
        "Good day %(name)s,\n\nthis was to be acknowledged until %(day)s: %(titles)s. Please read it here:\n\n%(url)s"
        "\n\nThis link takes the place of the one before, holds until %(until)s and is for you alone.",
        name=late[0].person.name, day=day(late[0].due), titles=titles, url=url, until=day(until),
    )  # fmt: skip
    return _("Still to be acknowledged: %(title)s", title=titles), body
