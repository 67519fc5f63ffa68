"""How a list is to be read, as a person confirms it: which table, which columns, which stages, as of which day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import cast

import ibis
from sqlalchemy import select

from implement.db import db
from implement.engine.backend import Backend, open_backend
from implement.engine.client_base import ClientNames, join_segments
from implement.engine.funnel import (
    FIELDS,
    WITHOUT_STAGES,
    ListPlan,
    Stage,
    State,
    count_stages,
    look_at_columns,
    number_stages,
    plan_list,
    propose_stages,
)
from implement.engine.funnel.cells import read_cell
from implement.engine.funnel.counting import fetch
from implement.engine.funnel.settings import DEFAULT_FUNNEL
from implement.engine.intake import SourceTable
from implement.engine.plain import from_plain, to_plain
from implement.jobs import Plain
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import local_day
from implement.stages.audit.service.list_reading import MEMORY_MB, FoundTable, open_table, tables_of
from implement.stages.audit.service.lists import enqueue_mapping, is_busy
from implement.stages.audit.tables import DealList
from implement.store import Store
from implement.web.texts import lazy

DATED = ("opened", "closed", "since")
"""Columns whose days lie in the past, so that the newest of them is the day of the list."""


@dataclass(frozen=True)
class KeptPlan:
    """A plan as it is kept: tables by their place, columns, then stages and day once those are confirmed."""

    table: int
    columns: tuple[tuple[str, str], ...]
    clients: int | None = None
    client: str = ""
    segment: str = ""
    stages: tuple[Stage, ...] = ()
    as_of: date | None = None
    lost_in: str = ""

    @property
    def names(self) -> ClientNames | None:
        """The columns of the list of clients, where there is one."""
        return ClientNames(self.client, self.segment) if self.clients is not None else None


@dataclass(frozen=True)
class OpenedList:
    """A list ready to be counted: its deals with segments, how they are read, and the list of clients beside it."""

    source: SourceTable
    plan: ListPlan
    clients: SourceTable | None
    names: ClientNames | None


def propose_plan(row: DealList) -> KeptPlan | None:
    """The likeliest table with its likeliest columns, or as a list with the same columns was read before."""
    tables = tables_of(row)
    if not tables:
        return None
    place = max(range(len(tables)), key=lambda at: (tables[at].deal_score, -at))
    clients = next((at for at, one in enumerate(tables) if one.client and at != place), None)
    listed = tables[clients] if clients is not None else None
    proposed = KeptPlan(
        place, tables[place].proposed, clients, listed.client if listed else "", listed.segment if listed else ""
    )
    earlier = _find_earlier(row, tables[place])
    return proposed if earlier is None else replace(proposed, columns=earlier.columns)


def choose_columns(row: DealList, wish: KeptPlan, *, store: Store, by: Actor, now: datetime) -> KeptPlan:
    """Keep which columns say what; propose stages and the day of the list. Raises `RuleBroken` with what is wrong."""
    tables = tables_of(row)
    demand_usable(wish, tables)
    if row.month is not None and "client" not in dict(wish.columns):
        raise RuleBroken(lazy("Please choose the column with the client: a base is counted by clients."))
    _demand_idle(row)
    with open_backend(memory_mb=MEMORY_MB) as backend:
        source = open_table(tables[wish.table], backend, store)
        stages = _propose_stages(row, source, dict(wish.columns), backend)
        today = local_day(row.rollout_id, now)
        as_of = _find_last_day(source, wish, backend, today) or today
    draft = replace(wish, stages=stages, as_of=as_of)
    _keep(row, draft)
    row.confirmed_at = row.finished_at = row.figures = None
    log_write("choose_list_columns", f"deal_list:{row.id}", by=by, now=now, rollout_id=row.rollout_id)
    return draft


def confirm_stages(
    row: DealList, stages: Sequence[Stage], day_and_loss: tuple[date, str], *, by: Actor, now: datetime
) -> None:
    """Keep which stages are open, won or lost and in which order, and have the figures computed."""
    confirm_at_once(row, stages, day_and_loss, by=by, now=now)
    enqueue_mapping(row, by=by, now=now)


def confirm_at_once(
    row: DealList, stages: Sequence[Stage], day_and_loss: tuple[date, str], *, by: Actor, now: datetime
) -> None:
    """The same without a job.

    `day_and_loss` are the day of the list and the stage in which lost deals stood that name none.
    """
    draft, (as_of, lost_in) = plan_of(row), day_and_loss
    if draft is None:
        raise RuleBroken(lazy("Confirm the columns first."))
    _demand_idle(row)
    numbered = number_stages(stages)
    opened = {one.name for one in numbered if one.place}
    if all(one.state is State.LEFT_OUT for one in numbered):
        raise RuleBroken(lazy("At least one stage must be that of a deal; nothing was changed."))
    _keep(row, replace(draft, stages=numbered, as_of=as_of, lost_in=lost_in if lost_in in opened else ""))
    row.confirmed_at, row.finished_at, row.figures = now, None, None
    log_write("confirm_list_plan", f"deal_list:{row.id}", by=by, now=now, rollout_id=row.rollout_id)


def plan_of(row: DealList) -> KeptPlan | None:
    """How the list is to be read, as far as it was said."""
    return None if row.plan is None else from_plain(KeptPlan, row.plan)


def open_list(row: DealList, backend: Backend, store: Store) -> OpenedList:
    """Open a confirmed list, with the segments of the list of clients beside it."""
    kept, tables = plan_of(row), tables_of(row)
    assert kept is not None and kept.as_of is not None
    source = open_table(tables[kept.table], backend, store)
    looks = look_at_columns(source, backend.embedded)
    plan = plan_list(looks, dict(kept.columns), kept.stages, kept.as_of, kept.lost_in)
    if kept.clients is None or kept.names is None:
        return OpenedList(source, plan, None, None)
    clients = open_table(tables[kept.clients], backend, store)
    return OpenedList(*join_segments(source, plan, clients, kept.names), clients, kept.names)


def demand_usable(wish: KeptPlan, tables: Sequence[FoundTable]) -> None:
    """Refuse what cannot be read: no such table or column, a column said twice, nothing that tells a deal's state."""
    if not 0 <= wish.table < len(tables):
        raise RuleBroken(lazy("There is no such table."))
    columns = dict(wish.columns)
    if not set(columns) <= set(FIELDS) or not set(columns.values()) <= set(tables[wish.table].columns):
        raise RuleBroken(lazy("There is no such column."))
    twice = sorted({name for name in columns.values() if list(columns.values()).count(name) > 1})
    if twice:
        raise RuleBroken(lazy("The column %(name)s was chosen twice.", name=twice[0]))
    if not {"stage", "closed"} & set(columns):
        raise RuleBroken(lazy("Please choose the column with the stage, or the one with the closing day."))


def _propose_stages(
    row: DealList, source: SourceTable, columns: Mapping[str, str], backend: Backend
) -> tuple[Stage, ...]:
    """The stages of the chosen column; those of an earlier list of this rollout as they were confirmed there."""
    if "stage" not in columns:
        return WITHOUT_STAGES
    counts = count_stages(source, columns, backend)
    _demand_few(counts, columns["stage"])
    earlier = _find_confirmed(row)
    known = {one.name: one for one in earlier.stages} if earlier else {}
    return tuple(known.get(one.name, one) for one in propose_stages(counts))


def _demand_few(counts: Mapping[str, int], column: str) -> None:
    if len(counts) > DEFAULT_FUNNEL.most_stages:
        said = {"name": column, "most": DEFAULT_FUNNEL.most_stages}
        raise RuleBroken(lazy("%(name)s has more than %(most)s different values; stages are few.", **said))


def _find_last_day(source: SourceTable, wish: KeptPlan, backend: Backend, today: date) -> date | None:
    """The newest day on which something began or ended; days to come are only expected."""
    columns = dict(wish.columns)
    looks = look_at_columns(source, backend)
    plan = plan_list(looks, columns, (), date.min)
    relation = backend.adopt(source.relation)
    read = {name: read_cell(relation, plan, name) for name in DATED if name in columns}
    days = [day.max(where=day <= ibis.literal(today)).name(name) for name, day in read.items()]
    if not days:
        return None
    (found,) = fetch(relation.aggregate(days), backend)
    return max((day for day in found.values() if isinstance(day, date)), default=None)


def _find_earlier(row: DealList, table: FoundTable) -> KeptPlan | None:
    """The newest confirmed plan whose columns this table has all of."""
    earlier = _find_confirmed(row)
    if earlier is None or not {name for _field, name in earlier.columns} <= set(table.columns):
        return None
    return earlier


def _find_confirmed(row: DealList) -> KeptPlan | None:
    here = (DealList.rollout_id == row.rollout_id, DealList.confirmed_at.is_not(None), DealList.id != row.id)
    newest = select(DealList).where(*here, DealList.withdrawn_at.is_(None)).order_by(DealList.confirmed_at.desc())
    found = db.session.scalar(newest.limit(1))
    return None if found is None else plan_of(found)


def _keep(row: DealList, plan: KeptPlan) -> None:
    row.plan = cast(dict[str, Plain], to_plain(plan))


def _demand_idle(row: DealList) -> None:
    if is_busy(row):
        raise RuleBroken(lazy("The list is being worked on; please wait until that is done."))
    if row.withdrawn_at is not None:
        raise RuleBroken(lazy("This list was withdrawn."))
