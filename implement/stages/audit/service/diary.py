"""The diary of routine work: opened for groups, written by link without an account, closed into sums of five or more.

A link names a seat, not a person; the day that is written stands under a keyed mark of the seat, which the database
alone cannot make. Whoever writes the same day again corrects it.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import cast

from sqlalchemy import delete, func, select

from implement.db import change_rows, db
from implement.engine.diary import KINDS, GroupHours, SeatWeek, sum_diary
from implement.engine.plain import from_plain, to_plain
from implement.engine.suppression import LEAST_PEOPLE
from implement.jobs import Plain
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.links import find_link, issue_link
from implement.rollout.service.log import Actor, log_write
from implement.stages.audit.tables import Diary, DiaryDay
from implement.web.texts import lazy

PURPOSE = "diary"
LONGEST_DAYS, MOST_SEATS, MOST_MINUTES, LONGEST_GROUP = 31, 500, 600, 80


@dataclass(frozen=True)
class Seat:
    """A place in a diary: which one, of which group; who sits there is known to nobody."""

    diary: Diary
    key: str
    group: str
    number: int

    def mark(self, secret: str) -> str:
        """What its days stand under."""
        return hmac.new(secret.encode(), f"diary:{self.diary.id}:{self.key}".encode(), hashlib.sha256).hexdigest()


def open_diary(
    rollout_id: int, groups: Mapping[str, int], *, first_day: date, days: int, by: Actor, now: datetime,
    addresses: Sequence[str] = (),
) -> tuple[Diary, dict[str, list[str]]]:
    """Open the next diary; returns the tokens of its links by group, which are told once and kept nowhere."""
    if find_open(rollout_id) is not None:
        raise RuleBroken(lazy("A diary is open already; close it first."))
    if not 1 <= days <= LONGEST_DAYS:
        raise RuleBroken(lazy("A diary lasts from one to thirty-one days."))
    if not LEAST_PEOPLE <= sum(groups.values()) <= MOST_SEATS or min(groups.values()) < 1:
        raise RuleBroken(lazy("A diary needs from five to five hundred people; of fewer nothing may be told."))
    number = (db.session.scalar(select(func.max(Diary.number)).where(Diary.rollout_id == rollout_id)) or 0) + 1
    seats = {" ".join(name.split())[:LONGEST_GROUP]: count for name, count in groups.items()}
    last_day = first_day + timedelta(days=days - 1)
    row = Diary(rollout_id=rollout_id, number=number, first_day=first_day, last_day=last_day, seats=seats)
    row.addresses = sorted(set(addresses))
    db.session.add(row)
    db.session.flush()
    log_write("open_diary", f"diary:{row.id}", by=by, now=now, rollout_id=rollout_id, number=number)
    terms = {"expires_in": last_instant(row) - now, "by": by, "now": now, "rollout_id": rollout_id}
    tokens = {
        group: [
            issue_link(PURPOSE, **terms, diary_id=row.id, seat=secrets.token_hex(8), group=group, number=number)  # type: ignore[arg-type]
            for number in range(1, count + 1)
        ]
        for group, count in seats.items()
    }
    return row, tokens


def find_seat(token: str, *, now: datetime) -> Seat:
    """The seat of a link; raises `NotFound` when the diary is over or the link was made up."""
    link = find_link(token, PURPOSE, now=now)
    row = db.session.get(Diary, int(str(link.terms["diary_id"])))
    if row is None or row.results is not None:
        raise NotFound(lazy("This diary is closed. Thank you."))
    return Seat(row, str(link.terms["seat"]), str(link.terms["group"]), int(str(link.terms.get("number", 0))))


def list_days(seat: Seat, today: date) -> list[date]:
    """The days that may be written so far, the latest first."""
    last = min(today, seat.diary.last_day)
    count = (last - seat.diary.first_day).days + 1
    return [last - timedelta(days=ago) for ago in range(max(0, count))]


def read_days(seat: Seat, *, secret: str) -> dict[date, dict[str, int]]:
    """What was written on this seat."""
    here = (DiaryDay.diary_id == seat.diary.id, DiaryDay.mark == seat.mark(secret))
    return dict(iter(db.session.execute(select(DiaryDay.day, DiaryDay.minutes).where(*here))))


def write_day(seat: Seat, day: date, minutes: Mapping[str, int], *, secret: str, today: date) -> None:
    """Write a day, or correct it; no minutes at all say that nobody worked."""
    if day not in list_days(seat, today):
        raise RuleBroken(lazy("This day is not within the diary."))
    if not set(minutes) <= set(KINDS) or not all(0 <= one <= MOST_MINUTES for one in minutes.values()):
        raise RuleBroken(lazy("These minutes cannot be meant; nothing was written."))
    key = {"diary_id": seat.diary.id, "mark": seat.mark(secret), "day": day}
    row = db.session.get(DiaryDay, tuple(key.values())) or DiaryDay(**key, group_name=seat.group)
    row.minutes = dict(sorted(minutes.items()))
    db.session.add(row)
    db.session.flush()


def close_diary(row: Diary, *, by: Actor, now: datetime) -> tuple[GroupHours, ...]:
    """Sum the diary up by the groups that may be told, then destroy its days."""
    if row.results is not None:
        raise RuleBroken(lazy("This diary is closed already."))
    found = sum_diary(_gather_weeks(row))
    row.results, row.addresses = [cast(Plain, to_plain(one)) for one in found], []
    change_rows(delete(DiaryDay).where(DiaryDay.diary_id == row.id))
    log_write("close_diary", f"diary:{row.id}", by=by, now=now, rollout_id=row.rollout_id, groups=len(found))
    return found


def find_open(rollout_id: int) -> Diary | None:
    """The diary that is not closed yet."""
    found: Diary | None = db.session.scalar(
        select(Diary).where(Diary.rollout_id == rollout_id, Diary.results.is_(None))
    )
    return found


def get_open(rollout_id: int) -> Diary:
    """The same; raises `NotFound` where there is none."""
    row = find_open(rollout_id)
    if row is None:
        raise NotFound(lazy("No diary is open."))
    return row


def find_closed(rollout_id: int) -> Diary | None:
    """The newest diary that is closed."""
    here = (Diary.rollout_id == rollout_id, Diary.results.is_not(None))
    found: Diary | None = db.session.scalar(select(Diary).where(*here).order_by(Diary.number.desc()).limit(1))
    return found


def read_results(row: Diary | None) -> tuple[GroupHours, ...]:
    """The sums of a closed diary, everybody first; empty where fewer than five people wrote."""
    return tuple(from_plain(GroupHours, one) for one in (row.results or [])) if row is not None else ()


def count_written(row: Diary) -> tuple[int, int]:
    """How many days were written so far, by how many people."""
    asked = select(func.count(), func.count(DiaryDay.mark.distinct())).where(DiaryDay.diary_id == row.id)
    days, people = db.session.execute(asked).one()
    return days, people


def last_instant(row: Diary) -> datetime:
    """Until when links work: two days after the last day, to write what was forgotten."""
    return datetime.combine(row.last_day + timedelta(days=3), time.min, UTC)


def _gather_weeks(row: Diary) -> Sequence[SeatWeek]:
    asked = select(DiaryDay.mark, DiaryDay.group_name, DiaryDay.minutes).where(DiaryDay.diary_id == row.id)
    groups: dict[str, str] = {}
    days: dict[str, list[Mapping[str, int]]] = {}
    for mark, group, minutes in db.session.execute(asked.order_by(DiaryDay.mark, DiaryDay.day)):
        groups[mark] = group
        days.setdefault(mark, [])
        if minutes:
            days[mark].append(minutes)
    return [SeatWeek(groups[mark], tuple(found)) for mark, found in days.items()]
