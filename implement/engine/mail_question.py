"""A question that came by mail: sender, subject, plain text and instant of an .eml file; nothing of it is executed."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime
from html.parser import HTMLParser

LONGEST_TEXT, LONGEST_LINE = 10_000, 300
UNSEEN = ("script", "style", "head", "title")
BREAKS = ("p", "br", "div", "li", "tr", "h1", "h2", "h3")
QUOTED = re.compile(r"^\s*>")


@dataclass(frozen=True)
class MailQuestion:
    """What a mail asks; `sent_at` is None where no instant with a zone is said, `message_id` may be empty."""

    sender: str
    subject: str
    text: str
    message_id: str
    sent_at: datetime | None


class UnusableMail(Exception):
    """The file is no mail that asks something; `code` is not_a_mail, no_sender or no_text."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _PlainText(HTMLParser):
    """The words of a page, without what is not read by people."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in UNSEEN
        if tag in BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in UNSEEN))

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(data)


def read_mail(raw: bytes) -> MailQuestion:
    """Read an .eml file; raises UnusableMail."""
    message = message_from_bytes(raw, policy=default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise UnusableMail("not_a_mail")
    sender = parseaddr(_header(message, "From"))[1]
    if "@" not in sender:
        raise UnusableMail("no_sender")
    subject, text = _header(message, "Subject"), _without_quotes(_read_body(message))
    if not (text or subject):
        raise UnusableMail("no_text")
    return MailQuestion(
        sender.lower()[:LONGEST_LINE], subject[:LONGEST_LINE], (text or subject)[:LONGEST_TEXT],
        _header(message, "Message-ID")[:LONGEST_LINE], _read_instant(_header(message, "Date")),
    )  # fmt: skip


def _header(message: EmailMessage, name: str) -> str:
    """A header as one line; one that cannot be read is empty."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except (MessageError, ValueError, IndexError):
        return ""


def _read_body(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        said = str(part.get_content())
    except (LookupError, ValueError, KeyError):
        said = bytes(part.get_payload(decode=True) or b"").decode("utf-8", "replace")
    if part.get_content_subtype() == "html":
        page = _PlainText()
        page.feed(said)
        said = "".join(page.words)
    return said


def _without_quotes(text: str) -> str:
    """The mail without the lines of an earlier one, without signs that do not print."""
    lines = [line.rstrip() for line in text.replace("\r", "").split("\n") if not QUOTED.match(line)]
    kept = "\n".join("".join(sign for sign in line if sign.isprintable() or sign == "\t") for line in lines)
    return re.sub(r"\n{3,}", "\n\n", kept).strip()


def _read_instant(said: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(said)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo is not None else None
