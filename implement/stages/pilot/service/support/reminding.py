"""Questions that wait longer than a working day: whoever leads is reminded, once for each question (M22)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from implement.db import db
from implement.engine.planning.workdays import WorkDays
from implement.rollout.service.calendar import read_days_off
from implement.rollout.service.log import log_write
from implement.rollout.service.outbox import post_mail
from implement.rollout.service.people import list_leaders, list_member_addresses
from implement.rollout.service.rollouts import list_rollout_ids, zone_of
from implement.stages.pilot.tables.support import SupportQuestion
from implement.web.texts import _, day, in_language


def remind_of_questions(*, now: datetime) -> int:
    """Write to whoever leads about questions that wait; returns how many mails."""
    return sum(_remind(rollout_id, now) for rollout_id in list_rollout_ids())


def _remind(rollout_id: int, now: datetime) -> int:
    asked = select(SupportQuestion).where(
        SupportQuestion.rollout_id == rollout_id, SupportQuestion.answered_at.is_(None),
        SupportQuestion.reminded_at.is_(None),
    )  # fmt: skip
    waiting = list(db.session.scalars(asked.order_by(SupportQuestion.id)))
    if not waiting:
        return 0
    zone = zone_of(rollout_id)
    today = now.astimezone(zone).date()
    off = read_days_off(rollout_id, {today.year - 1, today.year})
    late = [
        row
        for row in waiting
        if _is_late(row.asked_at.astimezone(zone).date(), today, WorkDays(off.closed | off.of_team(row.team_id)))
    ]
    mails = sum(_remind_of(row, zone, now) for row in late)
    if late:
        log_write("remind_of_questions", f"rollout:{rollout_id}", by=None, now=now, rollout_id=rollout_id, mails=mails)
    return mails


def _is_late(asked_on: date, today: date, work_days: WorkDays) -> bool:
    """True when a whole working day has passed since."""
    return work_days.day_after(asked_on, 1) < today


def _remind_of(row: SupportQuestion, zone: ZoneInfo, now: datetime) -> int:
    row.reminded_at = now
    addresses, posted = list_member_addresses(row.rollout_id), 0
    leaders = [user_id for user_id, _name in list_leaders(row.rollout_id, row.team_id) if user_id in addresses]
    for user_id in leaders:
        email, language = addresses[user_id]
        with in_language(language or "en"):
            subject = _("A question on the CRM waits for an answer")
            body = _("Asked on %(day)s:\n\n%(question)s\n\nPlease answer it in Implement: whoever gets no answer goes "
                     "back to the spreadsheet.", day=day(row.asked_at.astimezone(zone).date()),
                     question=row.text)  # fmt: skip
        posted += post_mail(f"question-late:{row.id}:{user_id}", to=email, subject=subject, body=body, now=now)
    return posted
