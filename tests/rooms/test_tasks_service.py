"""Tasks: one owner, one deadline, escalated once; mail leaves once (M44, M77)."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from implement.db import utc_now
from implement.rollout.service import outbox, tasks
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.service.threads import list_said, say
from implement.rollout.tables import OutboxMail, Rollout, Task, User
from implement.web.access import Role
from tests.builders import a_member, a_rollout, a_user

Database = scoped_session[Session]

NOW = utc_now()
TODAY = date(2026, 3, 10)


@pytest.fixture
def rollout(session: Database) -> Rollout:
    """A rollout without tasks."""
    return a_rollout()


@pytest.fixture
def alice(rollout: Rollout) -> User:
    """Its lead."""
    return a_member(rollout.id, Role.LEAD)


@pytest.fixture
def bob(rollout: Rollout) -> User:
    """One of its sellers."""
    return a_member(rollout.id, Role.SALESPERSON)


def give(rollout: Rollout, alice: User, bob: User, *, due: date = TODAY, **asked: object) -> Task:
    given: dict[str, object] = {"title": "Call back", "owner_id": bob.id, "escalate_to_id": alice.id, **asked}
    return tasks.give_task(rollout.id, due=due, by=alice, now=NOW, **given)  # type: ignore[arg-type]


def mails(session: Database) -> list[OutboxMail]:
    return list(session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def test_an_overdue_task_is_escalated_once(session: Database, rollout: Rollout, alice: User, bob: User) -> None:  # M44
    give(rollout, alice, bob)
    escalated = [tasks.escalate_overdue_tasks(today=TODAY + timedelta(days=n), now=NOW) for n in (0, 1, 1, 2)]
    assert escalated == [0, 1, 0, 0]
    (mail,) = mails(session)
    assert (mail.to, mail.subject) == (alice.email, "Overdue: Call back")


def test_whoever_is_told_reads_it_in_their_language(
    session: Database, rollout: Rollout, alice: User, bob: User
) -> None:
    alice.language = "de"
    give(rollout, alice, bob)
    tasks.escalate_overdue_tasks(today=TODAY + timedelta(days=1), now=NOW)
    assert mails(session)[0].subject == "Überfällig: Call back"


@pytest.mark.parametrize("asked", [{"escalate_to_id": None}, {"due": date(2026, 3, 12)}])
def test_nobody_is_told_of_other_tasks(
    session: Database, rollout: Rollout, alice: User, bob: User, asked: dict[str, object]
) -> None:
    give(rollout, alice, bob, **asked)  # type: ignore[arg-type]
    assert tasks.escalate_overdue_tasks(today=TODAY + timedelta(days=1), now=NOW) == 0


def test_a_task_that_is_done_is_not_escalated(session: Database, rollout: Rollout, alice: User, bob: User) -> None:
    tasks.finish_task(give(rollout, alice, bob), roles=frozenset(), by=bob, now=NOW)
    assert tasks.escalate_overdue_tasks(today=TODAY + timedelta(days=1), now=NOW) == 0


def test_a_task_goes_to_members_only(session: Database, rollout: Rollout, alice: User, bob: User) -> None:
    with pytest.raises(RuleBroken):
        give(rollout, alice, a_user(None))
    with pytest.raises(RuleBroken):
        give(rollout, alice, bob, escalate_to_id=a_user(None).id)


def test_a_task_is_ticked_off_by_owner_giver_or_lead(
    session: Database, rollout: Rollout, alice: User, bob: User
) -> None:
    task, eve = give(rollout, alice, bob), a_member(rollout.id, Role.SALESPERSON)
    with pytest.raises(NotAllowed):
        tasks.finish_task(task, roles=frozenset({Role.SALESPERSON}), by=eve, now=NOW)
    tasks.finish_task(task, roles=frozenset({Role.SALESPERSON}), by=bob, now=NOW)
    tasks.reopen_task(task, roles=frozenset({Role.CONSULTANT}), by=eve, now=NOW)
    assert task.done_at is None


def test_ticking_off_twice_keeps_the_first_time(session: Database, rollout: Rollout, alice: User, bob: User) -> None:
    task = give(rollout, alice, bob)
    for hours in (0, 5):
        tasks.finish_task(task, roles=frozenset(), by=bob, now=NOW + timedelta(hours=hours))
    assert task.done_at == NOW


def test_tasks_are_listed_by_deadline(session: Database, rollout: Rollout, alice: User, bob: User) -> None:
    give(rollout, alice, bob, title="Later", due=TODAY + timedelta(days=3))
    give(rollout, alice, bob, title="Sooner")
    give(rollout, alice, alice, title="Alice's")
    assert [row.title for row in tasks.list_tasks(rollout.id, owner_id=bob.id)] == ["Sooner", "Later"]
    assert len(tasks.list_tasks(rollout.id)) == 3


def test_a_task_of_another_rollout_is_not_found(session: Database, rollout: Rollout, alice: User, bob: User) -> None:
    with pytest.raises(NotFound):
        tasks.get_task(a_rollout(company="Other").id, give(rollout, alice, bob).id)


@pytest.mark.parametrize("text", ["", "   ", "x" * 10_001])
def test_a_contribution_says_something(session: Database, rollout: Rollout, alice: User, text: str) -> None:
    with pytest.raises(RuleBroken):
        say(rollout.id, "task:1", text, by=alice, now=NOW)


def test_a_discussion_is_read_from_its_beginning(session: Database, rollout: Rollout, alice: User, bob: User) -> None:
    say(rollout.id, "task:1", "Why late?", by=alice, now=NOW)
    say(rollout.id, "task:1", "The line was busy.", by=bob, now=NOW)
    say(rollout.id, "task:2", "Elsewhere", by=bob, now=NOW)
    assert [said.text for said in list_said(rollout.id, "task:1")] == ["Why late?", "The line was busy."]


def test_mail_of_one_occasion_is_written_once(session: Database) -> None:
    written = [outbox.post_mail("k", to="a@b", subject="s", body="b", now=NOW) for _ in range(3)]
    assert written == [True, False, False]
    assert len(mails(session)) == 1


def test_mail_leaves_once(app: Flask, session: Database, tmp_path: Path) -> None:
    outbox.post_mail("k", to="a@b", subject="Grüße\nBcc: eve@b", body="Привет", now=NOW)
    folder = tmp_path / "letters"
    sent = [outbox.send_mails(str(folder), sender="i@b", now=NOW) for _ in range(3)]
    assert sent == [1, 0, 0]
    (letter,) = folder.iterdir()
    assert "\nBcc:" not in letter.read_text()


def test_mail_that_was_cut_off_is_named_and_not_sent_again(session: Database, tmp_path: Path) -> None:
    outbox.post_mail("k", to="a@b", subject="s", body="b", now=NOW)
    mails(session)[0].claimed_at = NOW
    session.commit()
    assert outbox.send_mails(str(tmp_path), sender="i@b", now=NOW) == 0
    assert outbox.list_cut_off_mails(now=NOW + timedelta(minutes=9)) == []
    assert [to for _id, to, _subject in outbox.list_cut_off_mails(now=NOW + timedelta(minutes=11))] == ["a@b"]
