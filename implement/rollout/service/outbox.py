"""Mail, written down with the change that causes it and sent once: by SMTP when set, else as files."""

import smtplib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from implement.db import change_rows, db
from implement.rollout.tables import OutboxMail

CLAIM_HOLDS = timedelta(minutes=10)
SMTP_TIMEOUT_SECONDS = 30
AT_ONCE = 500


def post_mail(key: str, *, to: str, subject: str, body: str, now: datetime, calendar: str = "") -> bool:
    """Put a mail into the outbox; the same occasion (`key`) is written once. Returns whether it is new.

    A calendar file goes along as an invitation.
    """
    mail = OutboxMail(key=key, to=to, subject=_one_line(subject), body=body, calendar=calendar, created_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(mail)
    except IntegrityError:
        return False
    return True


@dataclass(frozen=True)
class Letter:
    """A mail that is to be written."""

    key: str
    to: str
    subject: str
    body: str


def post_mails(letters: Iterable[Letter], *, now: datetime) -> int:
    """Put many mails into the outbox in a few statements, the same occasion once; returns how many are new."""
    wanted = {one.key: one for one in letters}
    new = [wanted[key] for key in wanted.keys() - find_written(wanted)]
    rows = [
        {"key": one.key, "to": one.to, "subject": _one_line(one.subject), "body": one.body, "calendar": "",
         "created_at": now}
        for one in sorted(new, key=lambda one: one.key)
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(OutboxMail), rows)
    return len(rows)


def find_written(keys: Iterable[str]) -> set[str]:
    """Of these occasions those that were written about already."""
    wanted = list(keys)
    return {
        key
        for part in range(0, len(wanted), AT_ONCE)
        for key in db.session.scalars(select(OutboxMail.key).where(OutboxMail.key.in_(wanted[part : part + AT_ONCE])))
    }


def send_mails(address: str, *, sender: str, now: datetime) -> int:
    """Send what waits. A mail is claimed and committed before it leaves, so a crash never sends it twice.

    A claim whose sending was cut off is left alone and shown as a failure: better one mail missing and named than two
    sent.
    """
    mail_ids = list(
        db.session.scalars(select(OutboxMail.id).where(OutboxMail.claimed_at.is_(None)).order_by(OutboxMail.id))
    )
    db.session.commit()
    return sum(_send(mail_id, address, sender=sender, now=now) for mail_id in mail_ids)


def list_cut_off_mails(*, now: datetime) -> list[tuple[int, str, str]]:
    """Mails that were claimed and never confirmed, with address and subject: somebody must look."""
    cut_off = (OutboxMail.sent_at.is_(None), OutboxMail.claimed_at < now - CLAIM_HOLDS)
    rows = db.session.execute(select(OutboxMail.id, OutboxMail.to, OutboxMail.subject).where(*cut_off))
    return [(mail_id, to, subject) for mail_id, to, subject in rows]


def _send(mail_id: int, address: str, *, sender: str, now: datetime) -> int:
    free = update(OutboxMail).where(OutboxMail.id == mail_id, OutboxMail.claimed_at.is_(None)).values(claimed_at=now)
    won = change_rows(free)
    db.session.commit()
    if not won:
        return 0
    mail = db.session.get_one(OutboxMail, mail_id)
    try:
        _deliver(_write_message(mail, sender), address, mail_id)
    except (OSError, smtplib.SMTPException) as failure:
        mail.failure = str(failure)[:1000]
        db.session.commit()
        return 0
    mail.sent_at = now
    db.session.commit()
    return 1


def _write_message(mail: OutboxMail, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, _one_line(mail.to), mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.id}.{int(mail.created_at.timestamp())}@implement>"
    message.set_content(mail.body)
    if mail.calendar:
        message.add_attachment(
            mail.calendar.encode(), "text", "calendar", filename="meetings.ics", params={"method": "REQUEST"}
        )
    return message


def _deliver(message: EmailMessage, address: str, mail_id: int) -> None:
    """Hand the message to the SMTP server of the setting, or write it as a file into the folder."""
    url = urlsplit(address)
    if url.scheme not in ("smtp", "smtps"):
        folder = Path(address)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{mail_id:08d}.eml").write_bytes(bytes(message))
        return
    opened = smtplib.SMTP_SSL if url.scheme == "smtps" else smtplib.SMTP
    with opened(url.hostname or "localhost", url.port or 0, timeout=SMTP_TIMEOUT_SECONDS) as server:
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        server.send_message(message)


def _one_line(text: str) -> str:
    """Header text without line breaks, so that no header can be smuggled in."""
    return " ".join(text.split())
