"""The mails of the pulse survey: the invitation with everybody's own link, and one reminder for all."""

from datetime import datetime

from flask import url_for

from implement.rollout.service.log import Actor
from implement.rollout.service.outbox import post_mail
from implement.rollout.service.people import find_emails
from implement.stages.adoption.service.ballots import issue_links
from implement.stages.adoption.service.pulse import list_invited
from implement.stages.adoption.tables import PulseRound
from implement.web.texts import _, day


def send_invitations(row: PulseRound, *, by: Actor, now: datetime) -> int:
    """Ask everybody with an address; returns how many."""
    return _send(row, "invitation", _("Nine statements about the CRM: one minute, without your name"), by=by, now=now)


def send_reminders(row: PulseRound, *, by: Actor, now: datetime) -> int:
    """Remind everybody with an address: who has answered is not known."""
    return _send(row, "reminder", _("Reminder: nine statements about the CRM"), by=by, now=now)


def _send(row: PulseRound, kind: str, subject: str, *, by: Actor, now: datetime) -> int:
    emails = find_emails([one.person_id for one in list_invited(row.rollout_id, row.first_day)])
    for person_id, token in issue_links(row, list(emails), by=by, now=now).items():
        url = url_for("pulse_answers.answer_by_link", token=token, _external=True)
        key = f"pulse-{kind}:{row.id}:{person_id}"
        post_mail(key, to=emails[person_id], subject=subject, body=_write(url, row, kind), now=now)
    return len(emails)


def _write(url: str, row: PulseRound, kind: str) -> str:
    until = day(row.last_day)
    asked = _(
        "Good day,\n\nnine short statements tell how the CRM works for you. It takes a minute, on the phone too, until "
        "%(until)s:\n\n%(url)s\n\nNobody learns who answered what: only sums of five people or more are kept.",
        until=until,
        url=url,
    )
    if kind == "invitation":
        return asked
    note = _("Whoever has answered already may ignore this mail: who has, we do not know, so it goes to everybody.")
    return f"{asked}\n\n{note}"
