"""The log holds every write, in a chain that shows any tampering."""

import random
import threading

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session, scoped_session

from implement.db import db, utc_now, writing
from implement.migrations.guards import take_off_guards
from implement.rollout.service.log import UnloggedWrite, chain_head, find_broken_row, log_write
from implement.rollout.service.outbox import post_mail
from implement.rollout.tables import Company
from tests.builders import a_user
from tests.fixtures.scale import Scale

Database = scoped_session[Session]
ROWS = 30
TAMPERINGS = (
    "UPDATE log_row SET by_name = by_name || 'x' WHERE id = :id",
    "UPDATE log_row SET action = 'looked' WHERE id = :id",
    "UPDATE log_row SET subject = 'user:0' WHERE id = :id",
    "UPDATE log_row SET details = '{\"amount_minor\": 1}' WHERE id = :id",
    "UPDATE log_row SET rollout_id = 77 WHERE id = :id",
    "UPDATE log_row SET hash = substr(hash, 2) || 'f' WHERE id = :id",
    "DELETE FROM log_row WHERE id = :id",
)


@pytest.fixture
def log(session: Database) -> Database:
    """A log of thirty rows whose guards somebody with power over the database has taken off."""
    for number in range(ROWS):
        log_write("gave_task", f"task:{number}", by=None, now=utc_now(), amount_minor=number)
    take_off_guards(session.connection())
    session.commit()
    return session


def test_an_untouched_chain_holds(log: Database) -> None:
    assert find_broken_row() is None


def test_every_tampering_is_found(log: Database, scale: Scale) -> None:
    chance = random.Random(5)
    for _ in range(scale(50, 1_000, of="tamperings of the log")):
        row = chance.randrange(1, ROWS)
        log.execute(text(chance.choice(TAMPERINGS)), {"id": row})
        assert find_broken_row() in (row, row + 1)
        log.rollback()
        log.expunge_all()


def test_cutting_off_the_newest_rows_changes_the_head_that_was_printed(log: Database) -> None:
    printed = chain_head()
    log.execute(text("DELETE FROM log_row WHERE id = :id"), {"id": ROWS})
    assert (find_broken_row(), chain_head() == printed) == (None, False)


def test_a_write_without_a_log_row_is_a_bug(session: Database) -> None:
    session.add(Company(name="Nordwind GmbH"))
    with pytest.raises(UnloggedWrite):
        session.commit()
    session.rollback()


def test_a_savepoint_does_not_ask_for_the_log_row_too_early(session: Database) -> None:
    session.add(Company(name="Nordwind GmbH"))
    session.flush()
    post_mail("began", to="alice@example.com", subject="Begun", body="", now=utc_now())
    log_write("begin", "company:1", by=None, now=utc_now())
    session.commit()
    assert find_broken_row() is None


def test_a_mail_posted_twice_does_not_make_the_log_forget(session: Database) -> None:
    user = a_user()
    for _ in range(2):
        post_mail("welcome", to=user.email, subject="Welcome", body="", now=utc_now())
    user.name = "Alice"
    session.commit()
    assert find_broken_row() is None


def test_writers_at_the_same_time_make_one_chain(app: Flask, session: Database) -> None:
    session.remove()
    writers = [threading.Thread(target=write, args=(app, number)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert find_broken_row() is None
    assert session.scalar(text("SELECT count(*) FROM log_row")) == 40


def write(app: Flask, number: int) -> None:
    for _ in range(10):
        with app.app_context(), writing():
            log_write("looked", f"person:{number}", by=None, now=utc_now())
            db.session.commit()
