"""The log of every write: chained, guarded by the database, and each tampering found."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, scoped_session

from implement.db import utc_now
from implement.migrations.guards import take_off_guards
from implement.rollout.service.log import UnloggedWrite, chain_head, find_broken_row, holds_head, log_write
from implement.rollout.tables import LogRow, User
from tests.builders import a_user
from tests.fixtures.scale import Scale

Database = scoped_session[Session]

NOW = utc_now()
ROWS = 30
TAMPERINGS = {
    "by_name": "Somebody else",
    "action": "nothing",
    "subject": "task:none",
    "rollout_id": 99,
    "by_id": 99,
    "details": {"amount": 1},
    "at": NOW - timedelta(days=1),
    "hash": "0" * 64,
    "previous_hash": "1" * 64,
}


def write_rows(session: Database, count: int = ROWS) -> User:
    alice = a_user()
    for number in range(count):
        log_write("give_task", f"task:{number}", by=alice, now=NOW, rollout_id=1, title="ąß😀", number=number)
    session.commit()
    return alice


@pytest.mark.parametrize("change", ["UPDATE log_row SET action = 'x'", "DELETE FROM log_row"])
def test_the_database_refuses_to_change_the_log(session: Database, change: str) -> None:
    write_rows(session)
    with pytest.raises(DatabaseError):
        session.execute(text(change))


def test_a_log_left_alone_is_whole(session: Database) -> None:
    write_rows(session)
    assert find_broken_row() is None


def test_every_tampering_is_found(session: Database, scale: Scale) -> None:
    write_rows(session)
    take_off_guards(session.connection())
    ids, dice = list(session.scalars(select(LogRow.id).order_by(LogRow.id))), random.Random(7)
    for _ in range(scale(small=100, full=1_000, of="tamperings with the log")):
        column, row_id = dice.choice(sorted(TAMPERINGS)), dice.choice(ids)
        with session.begin_nested() as attempt:
            session.execute(update(LogRow).where(LogRow.id == row_id).values({column: TAMPERINGS[column]}))
            session.expire_all()
            assert find_broken_row() == row_id, column
            attempt.rollback()


def test_a_row_taken_out_of_the_middle_is_found(session: Database) -> None:
    write_rows(session)
    take_off_guards(session.connection())
    ids = list(session.scalars(select(LogRow.id).order_by(LogRow.id)))
    session.execute(text("DELETE FROM log_row WHERE id = :id"), {"id": ids[10]})
    session.expire_all()
    assert find_broken_row() == ids[11]


def test_rows_cut_off_at_the_end_are_found_by_a_printed_head(session: Database) -> None:
    write_rows(session)
    printed = chain_head()
    assert holds_head(printed.upper())
    take_off_guards(session.connection())
    session.execute(text("DELETE FROM log_row WHERE hash = :hash"), {"hash": printed})
    assert find_broken_row() is None
    assert not holds_head(printed)


def test_a_write_without_a_log_row_is_a_bug(session: Database) -> None:
    alice = write_rows(session)
    alice.name = "Alice B."
    with pytest.raises(UnloggedWrite):
        session.commit()
    session.rollback()
    session.execute(update(User).where(User.id == alice.id).values(name="Alice C."))
    with pytest.raises(UnloggedWrite):
        session.commit()


def test_the_log_goes_with_the_write_that_was_undone(session: Database) -> None:
    alice, head = write_rows(session), chain_head()
    log_write("give_task", "task:99", by=alice, now=NOW)
    session.rollback()
    assert chain_head() == head
