"""An older rollout gets the criteria that came after it, once, wherever a wave has still to pass the stage."""

from flask import Flask
from sqlalchemy import delete, select

from implement.commands.migrate import complete_rollouts, migrate_to, newest_revision
from implement.db import db, utc_now
from implement.rollout.service.rollouts import list_waves
from implement.rollout.service.sign_off import mark_before
from implement.rollout.stages import Stage
from implement.rollout.tables import Criterion, LogRow
from implement.web.access import Role
from tests import builders

LATER = "gate.adoption.held_four_weeks"


def an_older_rollout() -> int:
    """A rollout from before the criterion came, with one of its own."""
    rollout_id = builders.a_rollout().id
    db.session.execute(delete(Criterion).where(Criterion.rollout_id == rollout_id, Criterion.key == LATER))
    own = {"stage": "adoption", "key": "own.lunch", "position": 99, "kind": "document", "terms": {}}
    db.session.add(Criterion(rollout_id=rollout_id, **own))
    db.session.commit()
    return rollout_id


def keys_of(rollout_id: int) -> list[str]:
    db.session.rollback()
    return sorted(db.session.scalars(select(Criterion.key).where(Criterion.rollout_id == rollout_id)))


def test_the_later_criterion_comes_once_and_the_own_one_stays(session: object) -> None:
    rollout_id = an_older_rollout()
    assert (complete_rollouts(), complete_rollouts()) == (1, 0)
    found = keys_of(rollout_id)
    assert LATER in found and "own.lunch" in found and len(found) == len(set(found))
    assert db.session.scalar(select(LogRow.rollout_id).where(LogRow.action == "complete_criteria")) == rollout_id


def test_it_stays_when_the_database_goes_down_and_up(session: object) -> None:
    rollout_id = an_older_rollout()
    complete_rollouts()
    before = keys_of(rollout_id)
    db.session.remove()
    migrate_to("0022")
    assert complete_rollouts() == 0
    migrate_to(newest_revision())
    assert (complete_rollouts(), keys_of(rollout_id)) == (0, before)


def test_a_stage_that_every_wave_has_passed_is_left_as_it_was(session: object, app: Flask) -> None:
    rollout_id, lead = an_older_rollout(), builders.a_user()
    for wave in list_waves(rollout_id):
        for stage in Stage:
            said = {"role": Role.LEAD, "name": "Alice", "reason": "Done in spring."}
            mark_before(rollout_id, wave, stage, **said, by=lead, now=utc_now())
    db.session.commit()
    assert complete_rollouts() == 0 and LATER not in keys_of(rollout_id)
