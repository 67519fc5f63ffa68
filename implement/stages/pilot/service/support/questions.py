"""Questions of the first weeks: asked by form, handed in as mail, noted by a head; answered and told (M22)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from implement.db import db
from implement.engine.mail_question import LONGEST_TEXT, read_mail
from implement.rollout.service.errors import EditedMeanwhile, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.outbox import post_mail
from implement.rollout.service.people import find_person_by_email, list_addresses
from implement.rollout.service.staff import get_person, get_team
from implement.stages.pilot.service.functions import OTHER
from implement.stages.pilot.service.support import book
from implement.stages.pilot.service.support.book import EntrySaid
from implement.stages.pilot.tables.support import SupportQuestion
from implement.web.tables import Column, Filter, Listing, Page
from implement.web.texts import _, in_language, lazy

SOURCES = {"form": lazy("by form"), "mail": lazy("by mail"), "head": lazy("noted by the head")}
LONGEST_TITLE = 200
QUESTIONS = Listing(
    columns=(
        Column("asked_at", lazy("Asked"), kind="instant", by=SupportQuestion.asked_at),
        Column("text", lazy("Question"), by=SupportQuestion.text),
        Column("function", lazy("Function of the CRM"), by=SupportQuestion.function),
        Column("team_id", lazy("Team"), by=SupportQuestion.team_id),
        Column("answered_at", lazy("Answered"), kind="instant", by=SupportQuestion.answered_at),
    ),
    filters=(
        Filter("find", lazy("Words"), by=(SupportQuestion.text, SupportQuestion.answer)),
        Filter("source", lazy("How it came"), choices=tuple(SOURCES.items()), by=SupportQuestion.source),
    ),
    first_sort="-asked_at",
    row_key=SupportQuestion.id,
)


@dataclass(frozen=True)
class Asked:
    """A question as it comes in: on which function, from which team and person, if that is known."""

    function: str
    text: str
    team_id: int | None = None
    person_id: int | None = None


@dataclass(frozen=True)
class Waiting:
    """How many questions wait, and since when the oldest does."""

    count: int
    since: datetime | None


def ask(rollout_id: int, said: Asked, *, user_id: int, by: Actor, now: datetime) -> SupportQuestion:
    """Ask a question of one's own."""
    row = _begin(rollout_id, "form", said, now)
    row.user_id = user_id
    return _keep(row, by=by, now=now)


def note(rollout_id: int, said: Asked, *, asked_at: datetime, by: Actor, now: datetime) -> SupportQuestion:
    """Write down what somebody of a team asked; who it was is not kept."""
    if said.team_id is None:
        raise RuleBroken(lazy("Please say from which team the question came."))
    if asked_at > now:
        raise RuleBroken(lazy("This day has not come yet."))
    return _keep(_begin(rollout_id, "head", Asked(said.function, said.text, said.team_id), asked_at), by=by, now=now)


def take_mail(rollout_id: int, raw: bytes, *, by: Actor, now: datetime) -> tuple[SupportQuestion, bool]:
    """Take a question that came by mail; the same mail twice is once. Raises UnusableMail."""
    mail = read_mail(raw)
    message_id = mail.message_id or f"sha256:{hashlib.sha256(raw).hexdigest()}"
    here = (SupportQuestion.rollout_id == rollout_id, SupportQuestion.message_id == message_id)
    known: SupportQuestion | None = db.session.scalar(select(SupportQuestion).where(*here))
    if known is not None:
        return known, False
    person_id = find_person_by_email(rollout_id, mail.sender)
    text = f"{mail.subject}\n\n{mail.text}" if mail.subject not in ("", mail.text) else mail.text
    asked_at = mail.sent_at if mail.sent_at is not None and mail.sent_at <= now else now
    row = _begin(rollout_id, "mail", Asked(OTHER, text[:LONGEST_TEXT], None, person_id), asked_at)
    row.message_id = message_id
    return _keep(row, by=by, now=now), True


def get_question(rollout_id: int, question_id: int) -> SupportQuestion:
    """A question of this rollout."""
    row: SupportQuestion | None = db.session.get(SupportQuestion, question_id)
    if row is None or row.rollout_id != rollout_id:
        raise NotFound(lazy("There is no such question."))
    return row


def answer(
    row: SupportQuestion, text: str, *, function: str, keep_as: str, version: int | None, by: Actor, now: datetime
) -> None:
    """Answer a question; with a title it becomes a page of the book of sales. Whoever asked is written to, once."""
    db.session.refresh(row, with_for_update=True)
    if row.version != version:
        raise EditedMeanwhile(lazy("Somebody else answered meanwhile."), theirs=row.answer, mine=text)
    if not text.strip():
        raise RuleBroken(lazy("Please write the answer."))
    is_first = row.answered_at is None
    row.answer, row.function = text.strip(), function
    if is_first:
        row.answered_at, row.answered_by = now, by.name
    if keep_as.strip() and row.entry_id is None:
        said = EntrySaid("answer", function, keep_as.strip()[:LONGEST_TITLE], row.answer)
        row.entry_id = book.add_entry(row.rollout_id, said, by=by, now=now).id
    _log("answer_question" if is_first else "correct_answer", row, by=by, now=now)
    if is_first:
        _tell(row, now)


def list_own(rollout_id: int, user_id: int, person_id: int | None) -> list[SupportQuestion]:
    """What this person asked, by whatever way, the newest first."""
    mine = SupportQuestion.user_id == user_id
    if person_id is not None:
        mine = mine | (SupportQuestion.person_id == person_id)
    asked = select(SupportQuestion).where(SupportQuestion.rollout_id == rollout_id, mine)
    return list(db.session.scalars(asked.order_by(SupportQuestion.asked_at.desc(), SupportQuestion.id.desc())))


def page_questions(rollout_id: int, query: Mapping[str, str], *, waiting: bool) -> Page:
    """One page of the questions, those that wait or all; nothing of who asked."""
    one = SupportQuestion
    asked = select(one.id, one.asked_at, one.text, one.function, one.team_id, one.answered_at, one.source)
    asked = asked.where(one.rollout_id == rollout_id)
    if waiting:
        asked = asked.where(one.answered_at.is_(None))
    return QUESTIONS.select_page(db.session(), asked, query)


def find_waiting(rollout_id: int) -> Waiting:
    """How many wait, in one query, for the hall and for gates."""
    here = (SupportQuestion.rollout_id == rollout_id, SupportQuestion.answered_at.is_(None))
    count, since = db.session.execute(select(func.count(), func.min(SupportQuestion.asked_at)).where(*here)).one()
    return Waiting(count, since)


def count_waiting(rollout_id: int) -> tuple[int, int]:
    """How many questions wait, and how many were ever asked."""
    waits = func.sum(case((SupportQuestion.answered_at.is_(None), 1), else_=0))
    asked = select(waits, func.count()).where(SupportQuestion.rollout_id == rollout_id)
    waiting, count = db.session.execute(asked).one()
    return int(waiting or 0), count


def _begin(rollout_id: int, source: str, said: Asked, asked_at: datetime) -> SupportQuestion:
    text = said.text.strip()
    if not text or len(text) > LONGEST_TEXT:
        raise RuleBroken(lazy("A question needs between 1 and 10,000 characters."))
    team_id = said.team_id
    if said.person_id is not None:
        team_id = get_person(rollout_id, said.person_id).team_id
    elif team_id is not None:
        get_team(rollout_id, team_id)
    return SupportQuestion(
        rollout_id=rollout_id, source=source, function=said.function, team_id=team_id, person_id=said.person_id,
        text=text, asked_at=asked_at,
    )  # fmt: skip


def _keep(row: SupportQuestion, *, by: Actor, now: datetime) -> SupportQuestion:
    db.session.add(row)
    _log("ask_question", row, by=by, now=now)
    return row


def _tell(row: SupportQuestion, now: datetime) -> None:
    """Send the answer to whoever asked, where an address is known."""
    if row.person_id is None:
        return
    email, language = list_addresses(row.rollout_id).get(row.person_id, ("", ""))
    if not email:
        return
    with in_language(language or "en"):
        subject = _("Your question on the CRM is answered")
        body = _("You asked:\n\n%(question)s\n\nThe answer:\n\n%(answer)s", question=row.text, answer=row.answer)
    post_mail(f"question-answered:{row.id}", to=email, subject=subject, body=body, now=now)


def _log(action: str, row: SupportQuestion, *, by: Actor, now: datetime) -> None:
    db.session.flush()
    log_write(action, f"question:{row.id}", by=by, now=now, rollout_id=row.rollout_id, source=row.source)
