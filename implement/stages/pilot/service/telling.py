"""Tell the head at once when a step of an order is late (M77): each step once, never twice after a crash."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, and_, or_, select, update

from implement.db import change_rows, db
from implement.engine.rehearsal import ChainStep
from implement.rollout.service.accounts import get_user
from implement.rollout.service.log import log_write
from implement.rollout.service.outbox import post_mail
from implement.rollout.service.people import find_member
from implement.rollout.service.staff import get_team
from implement.stages.pilot.service.rehearsals import EVENTS, LIVE, thaw_steps
from implement.stages.pilot.tables import OrderChain, OrderClock, OrderFollowing, Rehearsal
from implement.web.access import Role
from implement.web.texts import _, _n, in_language, instant

MOST_LINES = 30


@dataclass(frozen=True)
class LateStep:
    """A step of an order whose time is over."""

    rehearsal_id: int
    chain: str
    order: str
    team_id: int | None


def tell_heads(*, now: datetime) -> int:
    """Tell of every step that has become late since; returns how many. What is late together is told in one mail."""
    rows = db.session.execute(
        select(OrderClock, Rehearsal, OrderChain)
        .join(Rehearsal, Rehearsal.id == OrderClock.rehearsal_id)
        .join(OrderChain, OrderChain.id == Rehearsal.chain_id)
        .join(OrderFollowing, OrderFollowing.rehearsal_id == Rehearsal.id, isouter=True)
        .where(OrderClock.told_at.is_(None), *_hangs(now))
        .order_by(OrderClock.rehearsal_id, OrderClock.due_at, OrderClock.id)
    ).all()
    late: dict[int, list[Row[OrderClock, Rehearsal, OrderChain]]] = {}
    for found in rows:
        if _claim(found[0], now):
            late.setdefault(found[1].id, []).append(found)
    for told in late.values():
        _tell([clock for clock, _row, _chain in told], told[0][1], told[0][2], now)
    return sum(map(len, late.values()))


def list_hanging(rollout_id: int, team_ids: Sequence[int] | None, now: datetime) -> list[LateStep]:
    """Steps whose time is over and that nobody has done; with `team_ids` those of these teams' chains only."""
    asked = (
        select(Rehearsal.id, OrderChain.name, OrderClock.order_number, OrderChain.team_id)
        .join(Rehearsal, Rehearsal.id == OrderClock.rehearsal_id)
        .join(OrderChain, OrderChain.id == Rehearsal.chain_id)
        .join(OrderFollowing, OrderFollowing.rehearsal_id == Rehearsal.id, isouter=True)
        .where(Rehearsal.rollout_id == rollout_id, *_hangs(now))
        .order_by(OrderClock.due_at)
    )
    if team_ids is not None:
        asked = asked.where(OrderChain.team_id.in_(team_ids))
    return [LateStep(*row) for row in db.session.execute(asked)]


def _hangs(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Not done in its time: with people as of now; with events as far as they are known, since they are followed."""
    live = and_(Rehearsal.kind == LIVE, OrderClock.due_at < now)
    told = and_(
        Rehearsal.kind == EVENTS, OrderFollowing.ended_at.is_(None), OrderClock.due_at < Rehearsal.judged_at,
        OrderClock.due_at >= Rehearsal.at,
    )  # fmt: skip
    return OrderClock.done_at.is_(None), or_(live, told)


def _claim(clock: OrderClock, now: datetime) -> bool:
    """Claim a step in the transaction that writes its mail: whoever comes second finds it told."""
    mine = update(OrderClock).where(OrderClock.id == clock.id, OrderClock.told_at.is_(None)).values(told_at=now)
    return bool(change_rows(mine))


def _tell(clocks: Sequence[OrderClock], row: Rehearsal, chain: OrderChain, now: datetime) -> None:
    """One mail on these steps to the head; it is named by the first of them, which is told of once."""
    rollout_id = row.rollout_id
    log_write("tell_of_late_step", f"rehearsal:{row.id}", by=None, now=now, rollout_id=rollout_id, steps=len(clocks))
    user_id = _find_head(rollout_id, chain.team_id)
    if user_id is None:
        return
    head, steps = get_user(user_id), thaw_steps(row)
    with in_language(head.language or "en"):
        subject = _n("%(chain)s: one step is late", "%(chain)s: %(num)d steps are late", len(clocks), chain=chain.name)
        lines = [_say(clock, steps[clock.place]) for clock in clocks[:MOST_LINES]]
        if len(clocks) > MOST_LINES:
            lines.append(_n("… and one more", "… and %(num)d more", len(clocks) - MOST_LINES))
        body = _("Not done in time:\n\n%(lines)s\n\nThe rehearsal's page in Implement shows all clocks.",
                 lines="\n".join(lines))  # fmt: skip
    post_mail(f"step-late:{clocks[0].id}", to=head.email, subject=subject, body=body, now=now)


def _say(clock: OrderClock, step: ChainStep) -> str:
    """A late step as a line of the mail."""
    return _(
        "• %(step)s (%(role)s), order %(order)s: was due at %(due)s",
        step=step.title, role=step.role, order=clock.order_number, due=instant(clock.due_at),
    )  # fmt: skip


def _find_head(rollout_id: int, team_id: int | None) -> int | None:
    """The head of the chain's team, else whoever leads the rollout."""
    head_id = get_team(rollout_id, team_id).head_id if team_id is not None else None
    found = find_member(rollout_id, Role.HEAD, head_id) if head_id is not None else None
    return found or find_member(rollout_id, Role.LEAD)
