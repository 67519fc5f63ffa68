"""Tell the head at once when a step of a live order is late (M77): one mail for each step, never two after a crash."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from implement.db import change_rows, db
from implement.rollout.service.accounts import get_user
from implement.rollout.service.log import log_write
from implement.rollout.service.outbox import post_mail
from implement.rollout.service.people import find_member
from implement.rollout.service.rollouts import get_rollout
from implement.rollout.service.staff import get_team
from implement.stages.pilot.service.rehearsals import LIVE, thaw_steps
from implement.stages.pilot.tables import OrderChain, OrderClock, Rehearsal
from implement.web.access import Role
from implement.web.texts import _, in_language, instant


@dataclass(frozen=True)
class LateStep:
    """A step of a live order whose time is over."""

    rehearsal_id: int
    chain: str
    order: str
    team_id: int | None


def tell_heads(*, now: datetime) -> int:
    """Tell of every step that has become late since; returns how many."""
    late = (OrderClock.done_at.is_(None), OrderClock.told_at.is_(None), OrderClock.due_at < now)
    asked = select(OrderClock, Rehearsal, OrderChain).join(Rehearsal, Rehearsal.id == OrderClock.rehearsal_id)
    rows = db.session.execute(
        asked.join(OrderChain, OrderChain.id == Rehearsal.chain_id).where(Rehearsal.kind == LIVE, *late)
    ).all()
    return sum(_tell(clock, row, chain, now) for clock, row, chain in rows)


def list_hanging(rollout_id: int, team_ids: Sequence[int] | None, now: datetime) -> list[LateStep]:
    """Live steps whose time is over and that nobody has done; with `team_ids` those of these teams' chains only."""
    late = (OrderClock.done_at.is_(None), OrderClock.due_at < now, Rehearsal.kind == LIVE)
    asked = (
        select(Rehearsal.id, OrderChain.name, OrderClock.order_number, OrderChain.team_id)
        .join(Rehearsal, Rehearsal.id == OrderClock.rehearsal_id)
        .join(OrderChain, OrderChain.id == Rehearsal.chain_id)
        .where(Rehearsal.rollout_id == rollout_id, *late)
        .order_by(OrderClock.due_at)
    )
    if team_ids is not None:
        asked = asked.where(OrderChain.team_id.in_(team_ids))
    return [LateStep(*row) for row in db.session.execute(asked)]


def _tell(clock: OrderClock, row: Rehearsal, chain: OrderChain, now: datetime) -> bool:
    """Claim the step, then write the mail, in one transaction: whoever comes second finds it told."""
    mine = update(OrderClock).where(OrderClock.id == clock.id, OrderClock.told_at.is_(None)).values(told_at=now)
    if not change_rows(mine):
        return False
    log_write("tell_of_late_step", f"rehearsal:{row.id}", by=None, now=now, rollout_id=row.rollout_id)
    user_id = _find_head(row.rollout_id, chain.team_id)
    if user_id is None:
        return True
    head, step = get_user(user_id), thaw_steps(row)[clock.place]
    with in_language(head.language or "en"):
        subject = _("Late: %(step)s, order %(order)s", step=step.title, order=clock.order_number)
        body = _(
            "The step “%(step)s” (%(role)s) of order %(order)s was due at %(due)s and is not done. Chain: %(chain)s.",
            step=step.title, role=step.role, order=clock.order_number, due=instant(clock.due_at), chain=chain.name,
        )  # fmt: skip
    post_mail(f"step-late:{clock.id}", to=head.email, subject=subject, body=body, now=now)
    return True


def _find_head(rollout_id: int, team_id: int | None) -> int | None:
    """The head of the chain's team, else whoever leads the rollout."""
    head_id = get_team(rollout_id, team_id).head_id if team_id is not None else None
    found = find_member(rollout_id, Role.HEAD, head_id) if head_id is not None else None
    return found or find_member(get_rollout(rollout_id).id, Role.LEAD)
