"""Mail by SMTP, spoken with a real server on a socket: it goes once, as text that any language keeps, or is named."""

import email
import socketserver
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import policy

import pytest
from sqlalchemy.orm import Session, scoped_session

from implement.rollout.service import outbox
from implement.stages.pilot.service.training import enrolling
from tests import builders
from tests.rooms.helping_house import NOW, a_helping_house

Database = scoped_session[Session]
LATER = datetime(2026, 4, 20, 9, tzinfo=UTC)


class PostOffice(socketserver.ThreadingTCPServer):
    """A mail server that keeps what it is handed; it turns everything down while `is_full`."""

    daemon_threads, allow_reuse_address = True, True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.letters: list[tuple[str, bytes]] = []
        self.is_full = False

    @property
    def address(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class Conversation(socketserver.StreamRequestHandler):
    """The server's side of one conversation (RFC 5321)."""

    server: PostOffice

    def handle(self) -> None:
        self.say("220 post office")
        to = ""
        while line := self.rfile.readline().decode("ascii").strip():
            verb = line.split(":")[0].split()[0].upper()
            if verb == "RCPT":
                to = line.partition("<")[2].rstrip(">")
                self.say("452 full" if self.server.is_full else "250 OK")
            elif verb == "DATA":
                self.say("354 go on")
                self.server.letters.append((to, self.read_letter()))
                self.say("250 kept")
            else:
                self.say("221 bye" if verb == "QUIT" else "250 OK")

    def read_letter(self) -> bytes:
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(line.removeprefix(b".") if line.startswith(b"..") else line for line in lines)

    def say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode("ascii"))


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server that listens."""
    with PostOffice() as opened:
        threading.Thread(target=opened.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield opened
        opened.shutdown()


def test_a_reminder_leaves_once_by_smtp_with_its_letters_whole(session: Database, office: PostOffice) -> None:  # M108
    house = a_helping_house(builders.a_rollout().id)
    house.teach(for_role="head")
    enrolling.remind_learners(now=NOW + timedelta(days=4))
    outbox.post_mail("ru", to="ann@b.example", subject="Вас ждёт урок", body="Źle\n.\nДа", now=NOW)
    session.commit()
    sent = [outbox.send_mails(office.address, sender="i@b.example", now=LATER) for _twice in range(2)]
    assert sent == [4, 0]
    assert sorted(to for to, _letter in office.letters) == [
        "ann@b.example", *(f"{team}.1@example.com" for team in ("north", "south", "west"))
    ]  # fmt: skip
    letter = email.message_from_bytes(dict(office.letters)["ann@b.example"], policy=policy.default)
    assert (letter["Subject"], letter.get_content().splitlines()) == ("Вас ждёт урок", ["Źle", ".", "Да"])


def test_what_the_server_turns_down_is_named_and_not_tried_again(session: Database, office: PostOffice) -> None:
    outbox.post_mail("k", to="a@b.example", subject="s", body="b", now=NOW)
    session.commit()
    office.is_full = True
    assert outbox.send_mails(office.address, sender="i@b.example", now=NOW) == 0
    office.is_full = False
    assert outbox.send_mails(office.address, sender="i@b.example", now=LATER) == 0
    assert [to for _id, to, _subject in outbox.list_cut_off_mails(now=LATER)] == ["a@b.example"]
    assert office.letters == []
