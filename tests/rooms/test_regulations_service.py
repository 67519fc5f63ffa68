"""Texts people are bound by: versions, handed out, acknowledged for exactly one version (M113)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, scoped_session

from implement.db import utc_now
from implement.rollout.service import regulations
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.tables import Regulation, RegulationVersion, Rollout, User
from implement.web.access import Role
from tests.builders import a_member, a_rollout

Database = scoped_session[Session]

NOW = utc_now()
FIRST_DAY = date(2026, 3, 1)


@pytest.fixture
def rollout(session: Database) -> Rollout:
    """A rollout without texts."""
    return a_rollout()


@pytest.fixture
def bob(rollout: Rollout) -> User:
    """Who is bound."""
    return a_member(rollout.id, Role.SALESPERSON)


def write(
    rollout: Rollout, bob: User, text: str = "Each call is noted.", kind: str = "regulation"
) -> RegulationVersion:
    said = {"kind": kind, "title": "How the CRM is used", "text": text, "valid_from": FIRST_DAY}
    return regulations.write_regulation(rollout.id, **said, terms={}, by=bob, now=NOW)  # type: ignore[arg-type]


def write_next(session: Database, version: RegulationVersion, bob: User, *, days: int = 0) -> RegulationVersion:
    regulation = session.get_one(Regulation, version.regulation_id)
    valid_from = FIRST_DAY + timedelta(days=days)
    return regulations.write_version(regulation, text="Changed.", valid_from=valid_from, terms={}, by=bob, now=NOW)


def hand_out(rollout: Rollout, version: RegulationVersion, bob: User) -> RegulationVersion:
    regulations.hand_out(version, rollout.id, by=bob, now=NOW)
    return version


def acknowledge(rollout: Rollout, version: RegulationVersion, bob: User, sha256: str | None = None) -> None:
    regulations.acknowledge(version, rollout.id, sha256=sha256 or version.sha256, by=bob, now=NOW)


def test_a_text_is_acknowledged_by_person_and_version(session: Database, rollout: Rollout, bob: User) -> None:  # M113
    version = hand_out(rollout, write(rollout, bob), bob)
    for _ in range(2):
        acknowledge(rollout, version, bob)
    assert regulations.list_acknowledged(version.id) == [(bob.name, NOW)]
    assert bob.name not in regulations.list_not_acknowledged(rollout.id, version)


def test_a_text_that_was_not_handed_out_cannot_be_acknowledged(session: Database, rollout: Rollout, bob: User) -> None:
    with pytest.raises(RuleBroken):
        acknowledge(rollout, write(rollout, bob), bob)


def test_another_text_than_the_one_read_cannot_be_acknowledged(session: Database, rollout: Rollout, bob: User) -> None:
    version = hand_out(rollout, write(rollout, bob), bob)
    with pytest.raises(RuleBroken):
        acknowledge(rollout, version, bob, sha256="0" * 64)


def test_a_new_version_waits_anew_and_the_old_one_no_more(session: Database, rollout: Rollout, bob: User) -> None:
    first = hand_out(rollout, write(rollout, bob), bob)
    assert regulations.list_waiting(rollout.id, bob.id) == [(first.id, "How the CRM is used")]
    second = write_next(session, first, bob)
    assert [version for version, _ in regulations.list_waiting(rollout.id, bob.id)] == [first.id]
    hand_out(rollout, second, bob)
    assert [version for version, _ in regulations.list_waiting(rollout.id, bob.id)] == [second.id]
    acknowledge(rollout, second, bob)
    assert regulations.list_waiting(rollout.id, bob.id) == []
    assert not regulations.has_acknowledged(first.id, bob.id)


def test_the_version_in_force_is_the_newest_handed_out_of_the_day(
    session: Database, rollout: Rollout, bob: User
) -> None:
    first = hand_out(rollout, write(rollout, bob, kind="agreement"), bob)
    second = write_next(session, first, bob, days=30)
    late = FIRST_DAY + timedelta(days=30)
    assert regulations.version_in_force(rollout.id, "agreement", FIRST_DAY - timedelta(days=1)) is None
    assert regulations.version_in_force(rollout.id, "agreement", late) is first
    hand_out(rollout, second, bob)
    assert regulations.version_in_force(rollout.id, "agreement", late) is second
    assert regulations.version_in_force(rollout.id, "agreement", late - timedelta(days=1)) is first


def test_a_version_is_never_edited(session: Database, rollout: Rollout, bob: User) -> None:
    version = write(rollout, bob)
    session.commit()
    with pytest.raises(DatabaseError):
        session.execute(update(RegulationVersion).where(RegulationVersion.id == version.id).values(text="Softer."))


def test_a_text_cannot_be_empty(session: Database, rollout: Rollout, bob: User) -> None:
    with pytest.raises(RuleBroken):
        write(rollout, bob, text=" \n")


def test_a_text_of_another_rollout_is_not_found(session: Database, rollout: Rollout, bob: User) -> None:
    with pytest.raises(NotFound):
        regulations.get_version(a_rollout(company="Other").id, write(rollout, bob).id)


def test_the_list_shows_the_newest_version_first(session: Database, rollout: Rollout, bob: User) -> None:
    version = hand_out(rollout, write(rollout, bob), bob)
    acknowledge(rollout, version, bob)
    write_next(session, version, bob)
    rows = regulations.list_versions(rollout.id)
    assert [(row.number, row.handed_out_at) for row in rows] == [(2, None), (1, NOW)]
