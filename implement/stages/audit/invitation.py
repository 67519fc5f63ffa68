"""The link to the questions, and the words that go with it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from flask import url_for

from implement.rollout.service.outbox import post_mail
from implement.stages.audit.tables import Audit, AuditPerson
from implement.web.texts import _, day


@dataclass(frozen=True)
class LinkMail:
    """What is sent to a person: the link and a few words."""

    url: str
    subject: str
    body: str

    @property
    def mailto(self) -> str:
        """Opens one's own mail program with the words in place."""
        return f"mailto:?subject={quote(self.subject)}&body={quote(self.body)}"


def send_link(
    audit: Audit, person: AuditPerson, token: str, company: str, *, to: str | None, now: datetime
) -> LinkMail:
    """Write the mail with the person's link, and put it into the outbox where an address is given."""
    url = url_for("audit_answers.show_start", token=token, _external=True)
    subject = _("A few questions about selling at %(company)s", company=company)
    body = _(
        "Good day %(name)s,\n\nplease answer a few questions before we meet. Every answer is saved at once, and you "
        "can come back until %(until)s:\n\n%(url)s\n\nThe link is for you alone; please do not pass it on.",
        name=person.name,
        until=day(person.link_until_at),
        url=url,
    )
    if to:
        key = f"audit-link:{person.id}:{int(now.timestamp() * 1_000_000)}"
        post_mail(key, to=to, subject=subject, body=body, now=now)
    return LinkMail(url, subject, body)
