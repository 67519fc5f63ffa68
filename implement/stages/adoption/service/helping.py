"""Delete what was kept of helping single people: remedies that have ended, what they said on reasons."""

from datetime import date

from sqlalchemy import Select, delete, func, or_, select

from implement.db import change_rows, db
from implement.rollout.service.retention import Disposed, Held
from implement.rollout.service.threads import drop_discussions
from implement.stages.adoption.tables import ReasonRemark, StartedRemedy
from implement.store import Store


def hold_remedies(rollout_id: int) -> Held:
    """Remedies of single people that have ended."""
    oldest, count = db.session.execute(
        select(func.min(StartedRemedy.judge_on), func.count()).where(*_ended(rollout_id))
    ).one()
    return Held(oldest, count)


def dispose_remedies(rollout_id: int, before: date, store: Store) -> Disposed:
    """Delete ended remedies of single people; those of teams stay, for they tell of nobody."""
    return Disposed(change_rows(delete(StartedRemedy).where(*_ended(rollout_id), StartedRemedy.judge_on < before)))


def dispose_remarks(rollout_id: int, evaluations: Select[int]) -> int:
    """Delete what people said on reasons in these evaluations, with the discussions; returns the rows."""
    here = (ReasonRemark.rollout_id == rollout_id, ReasonRemark.evaluation_id.in_(evaluations))
    subjects = [f"reason:{remark_id}" for remark_id in db.session.scalars(select(ReasonRemark.id).where(*here))]
    return drop_discussions(rollout_id, subjects) + change_rows(delete(ReasonRemark).where(*here))


def _ended(rollout_id: int):  # type: ignore[no-untyped-def]
    has_ended = or_(StartedRemedy.judged_at.is_not(None), StartedRemedy.stopped_on.is_not(None))
    return StartedRemedy.rollout_id == rollout_id, StartedRemedy.person_id.is_not(None), has_ended
