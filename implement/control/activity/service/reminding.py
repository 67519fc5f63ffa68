"""Remind people of a sheet they have not acknowledged, once for each sheet."""

from datetime import datetime

from sqlalchemy import select

from implement.control.activity.service.delivering import read_deliveries
from implement.control.activity.service.periods import PeriodRow
from implement.control.activity.service.targets import people_set_by
from implement.control.activity.tables import ActivityDelivery
from implement.db import db
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.outbox import post_mail
from implement.rollout.service.people import find_emails
from implement.web.access import Standing
from implement.web.texts import _, day


def remind(standing: Standing, period: PeriodRow, *, by: Actor, now: datetime) -> int:
    """Write to everybody of one's own whose sheet waits; returns how many were written to. Twice writes once."""
    sheets = read_deliveries(standing.rollout_id, period)
    waiting = {who: one for who, one in sheets.items() if one.acknowledged_at is None}
    mine = people_set_by(standing, list(waiting))
    emails, sent = find_emails(mine), 0
    for who in sorted(mine & emails.keys()):
        row: ActivityDelivery = db.session.scalars(
            select(ActivityDelivery).where(ActivityDelivery.id == waiting[who].id)
        ).one()
        subject = _("Your targets from %(day)s wait for you", day=day(period.first_day))
        body = _("Please read and acknowledge your targets in Implement, under “My month”.")
        if post_mail(f"targets:{row.id}", to=emails[who], subject=subject, body=body, now=now):
            row.reminded_at = now
            sent += 1
    if sent:
        log_write("remind", f"period:{period.id}", by=by, now=now, rollout_id=standing.rollout_id, people=sent)
    return sent
