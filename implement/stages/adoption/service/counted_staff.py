"""Who counts in the figures of a week: the staff as it stood when that week's figures were first asked for (R11).

Orders, calls, seats and best-kept deals are counted anew at each look. Counted over the staff of the moment, two looks
would tell of whoever joined, left or moved in between; counted over the staff of the week, they do not.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import select

from implement.db import db
from implement.jobs import Plain
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.usage import StaffMember, list_staff
from implement.stages.adoption.booked import list_mondays
from implement.stages.adoption.tables import CountedStaff


def note_counted(rollout_id: int, agreed: Iterable[int], *, by: Actor | None, now: datetime) -> None:
    """Note who counts in this week's figures, once; called by whatever brings figures in."""
    monday = monday_of(local_day(rollout_id, now))
    here = (CountedStaff.rollout_id == rollout_id, CountedStaff.monday == monday)
    if db.session.scalar(select(CountedStaff.id).where(*here)) is not None:
        return
    people: list[Plain] = [_to_plain(one) for one in list_staff(rollout_id) if not one.is_excluded]
    if not people:
        return
    db.session.add(CountedStaff(rollout_id=rollout_id, monday=monday, people=people, agreed=sorted(agreed)))
    log_write("note_counted_staff", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, people=len(people))


def list_counted(rollout_id: int, day: date) -> list[StaffMember]:
    """Who counts in the figures of a day's week; the staff of today where nothing was shown of it yet."""
    row = _find(rollout_id, day)
    if row is None:
        return [one for one in list_staff(rollout_id) if not one.is_excluded]
    return [_from_plain(one) for one in row.people]


def list_counted_weeks(rollout_id: int, last: date) -> dict[date, list[StaffMember]]:
    """By Monday who counts in the weeks shown up to a day, where figures of that week were shown before."""
    asked = select(CountedStaff).where(CountedStaff.rollout_id == rollout_id).order_by(CountedStaff.monday)
    rows = [(row.monday, [_from_plain(one) for one in row.people]) for row in db.session.scalars(asked)]
    found = {}
    for monday in list_mondays(last):
        people = next((people for noted, people in rows if noted >= monday), None)
        if people is not None:
            found[monday] = people
    return found


def list_agreed_then(rollout_id: int, day: date) -> frozenset[int] | None:
    """Who had agreed to be an example when that week's figures were first asked for; None where nothing was shown."""
    row = _find(rollout_id, day)
    return None if row is None else frozenset(int(str(one)) for one in row.agreed)


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _find(rollout_id: int, day: date) -> CountedStaff | None:
    """The first list that was noted in that week or later: it stays the first whatever is noted after it."""
    here = (CountedStaff.rollout_id == rollout_id, CountedStaff.monday >= monday_of(day))
    asked = select(CountedStaff).where(*here).order_by(CountedStaff.monday).limit(1)
    row: CountedStaff | None = db.session.scalar(asked)
    return row


def _to_plain(one: StaffMember) -> list[Plain]:
    first_day = one.go_live.isoformat() if one.go_live else None
    return [one.person_id, one.crm_user, one.team_id, one.team, one.wave_id, one.wave, first_day]


def _from_plain(kept: Plain) -> StaffMember:
    """Lists noted before waves' first days were kept count everybody from the first day on."""
    noted = [*(kept if isinstance(kept, list) else []), None]
    person_id, crm_user, team_id, team, wave_id, wave, first_day = noted[:7]
    return StaffMember(
        int(str(person_id)), "", str(crm_user), "", 1.0, "", None, None, False, "", _whole(team_id), _text(team), None,
        _whole(wave_id), _text(wave), None if first_day is None else date.fromisoformat(str(first_day)),
    )  # fmt: skip


def _whole(kept: Plain) -> int | None:
    return None if kept is None else int(str(kept))


def _text(kept: Plain) -> str | None:
    return None if kept is None else str(kept)
