"""The link to the questions and the reminder of it, with the words that go with them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from flask import url_for

from implement.rollout.service.outbox import post_mail
from implement.stages.audit.tables import AuditPerson
from implement.web.texts import _, day


@dataclass(frozen=True)
class LinkMail:
    """What is sent to a person: the link and a few words."""

    person: AuditPerson
    url: str
    subject: str
    body: str

    @property
    def mailto(self) -> str:
        """Opens one's own mail program with the words in place."""
        return f"mailto:{quote(self.person.email)}?subject={quote(self.subject)}&body={quote(self.body)}"


def send_link(person: AuditPerson, token: str, company: str, *, now: datetime) -> LinkMail:
    """Write the mail with the person's link, and put it into the outbox where an address is known."""
    url = url_for("audit_answers.show_start", token=token, _external=True)
    subject = _("A few questions about selling at %(company)s", company=company)
    body = _(
        "Good day %(name)s,\n\nplease answer a few questions before we meet. Every answer is saved at once, and you "
        "can come back until %(until)s:\n\n%(url)s\n\nThe link is for you alone; please do not pass it on.",
        name=person.name,
        until=day(person.link_until_at),
        url=url,
    )
    if person.email:
        key = f"audit-link:{person.id}:{int(now.timestamp() * 1_000_000)}"
        post_mail(key, to=person.email, subject=subject, body=body, now=now)
    return LinkMail(person, url, subject, body)


def write_reminder(company: str) -> Callable[[AuditPerson, str], tuple[str, str]]:
    """How a reminder is worded for a person and a token: kindly, for others wait without knowing why."""

    def write(person: AuditPerson, token: str) -> tuple[str, str]:
        body = _(
            "Good day %(name)s,\n\nsome of the questions we asked you are still open. “Nobody knows” is an answer too, "
            "and a few minutes are enough. What you have answered is kept:\n\n%(url)s\n\nThank you.",
            name=person.name,
            url=url_for("audit_answers.show_start", token=token, _external=True),
        )
        return _("Your answers about selling at %(company)s", company=company), body

    return write
