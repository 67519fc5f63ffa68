"""Where money is lost: the funnel, time against the norm, reasons, groups that lose more, gaps, repeats, deadlines."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.facts import Progress, no_progress
from implement.engine.funnel.counting import Key, Row, fetch, read_sums, spread_by, sum_by
from implement.engine.funnel.deals import Deals, read_deals
from implement.engine.funnel.figures import (
    NOTHING,
    OWN,
    TYPED,
    WON,
    Gap,
    LossMap,
    Spread,
    StageLosses,
    Totals,
    add_sums,
)
from implement.engine.funnel.groups import group_deals, list_reasons
from implement.engine.funnel.settings import DEFAULT_FUNNEL, FunnelSettings
from implement.engine.funnel.stages import ListPlan, Stage, State
from implement.engine.funnel.tallies import ENDED, FIRST, LACKING, LAST, PLACED, add_tallies
from implement.engine.funnel.whose import find_deadlines, find_repeats
from implement.engine.intake import SourceTable
from implement.engine.value_at_risk.sums import Sums

GROUPED_BY = ("product", "channel", "segment")
Norms = dict[int, tuple[float | None, str]]
BACKWARDS = "backwards"
LACKED_BY: Mapping[str, tuple[int, ...]] = {
    "next_step": (State.OPEN.code,), "closed": ENDED, "reason": (State.LOST.code,),
}  # fmt: skip
"""What only some deals need; everything else all of them do."""


@dataclass(frozen=True)
class _Corner:
    """Deals of one stage, state and reach, with how many lack what, and the days on which they ended."""

    stage: str
    state: int
    place: int
    reached: int
    sums: Sums
    lacking: Mapping[str, int]
    ended_on: tuple[date, ...]


def map_losses(
    source: SourceTable,
    plan: ListPlan,
    backend: Backend,
    *,
    settings: FunnelSettings = DEFAULT_FUNNEL,
    progress: Progress = no_progress,
) -> LossMap:
    """Read a list of deals as its plan says and find where deals and money are lost (M11–M14)."""
    progress("type", 0, source.row_count)
    deals = read_deals(source, plan, backend, settings)
    return map_deals(deals, source, plan, backend, settings=settings, progress=progress)


def map_deals(
    deals: Deals,
    source: SourceTable,
    plan: ListPlan,
    backend: Backend,
    *,
    settings: FunnelSettings = DEFAULT_FUNNEL,
    progress: Progress = no_progress,
) -> LossMap:
    """The same from deals that are read already."""
    table, rows = deals.table, source.row_count
    progress("stages", rows // 4, rows)
    corners = _join_currencies(fetch(add_tallies(deals.tallied, PLACED), backend))
    spreads = spread_by(table, "days", ["state", "place"], backend)
    stages = _list_stages(deals, plan, corners, spreads, backend)
    progress("groups", rows // 2, rows)
    lost = deals.tallied.filter(deals.tallied.state == State.LOST.code)
    groups = tuple((name, group_deals(deals.tallied, name, backend, settings)) for name in GROUPED_BY if plan.has(name))
    progress("clients", rows * 3 // 4, rows)
    answers = spread_by(table, "answer_hours", [], backend) if plan.has("answered") else {}
    return LossMap(
        as_of=plan.as_of,
        rows=rows,
        repeated=deals.repeated,
        is_history=deals.stays is not None,
        has=tuple(sorted(name for name in plan.columns if plan.has(name))),
        totals=_add_up(corners),
        stages=stages,
        won_days=spreads.get((State.WON.code, 0), Spread()),
        lost_days=spreads.get((State.LOST.code, 0), Spread()),
        answer_hours=answers.get((), Spread()),
        reasons=list_reasons(lost, backend, settings) if plan.has("reason") else (),
        groups=groups,
        gaps=_list_gaps(corners, plan),
        repeats=find_repeats(table, plan, backend, settings) if plan.has("client") else None,
        deadlines=find_deadlines(deals, plan, backend, settings) if plan.has("due") or plan.has("closed") else None,
        unread=deals.unread,
    )


def _join_currencies(rows: Sequence[Row]) -> list[_Corner]:
    """The corners of the map, whatever currency their money is in."""
    of_key: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        of_key[tuple(row[name] for name in PLACED)].append(row)
    sums = read_sums(rows, PLACED)
    corners = [_make_corner(key, one, of_key[key]) for key, one in sums.items()]
    return sorted(corners, key=lambda one: (one.place, one.stage, one.state, one.reached))


def _make_corner(key: Key, sums: Sums, rows: Sequence[Row]) -> _Corner:
    state, place, reached = (int(str(number)) for number in key[1:])
    return _Corner(str(key[0]), state, place, reached, sums, _lacking(rows), _days(rows))


def _lacking(rows: Sequence[Row]) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows:
        found.update({name: int(str(row.get(f"no_{name}", 0))) for name in LACKING})
        found[BACKWARDS] += int(str(row[BACKWARDS]))
    return found


def _days(rows: Sequence[Row]) -> tuple[date, ...]:
    return tuple(day for row in rows for day in (row[FIRST], row[LAST]) if isinstance(day, date))


def _add_up(corners: Sequence[_Corner]) -> Totals:
    by_state = {state: add_sums(*(one.sums for one in corners if one.state == state.code)) for state in State}
    unplaced = add_sums(*(one.sums for one in corners if one.state == State.LOST.code and not one.reached))
    days = [day for one in corners for day in one.ended_on]
    backwards = sum(one.lacking[BACKWARDS] for one in corners)
    states = by_state[State.WON], by_state[State.LOST], by_state[State.OPEN], by_state[State.LEFT_OUT]
    return Totals(*states, unplaced, backwards, min(days, default=None), max(days, default=None))


def _list_stages(
    deals: Deals, plan: ListPlan, corners: Sequence[_Corner], spreads: Mapping[Key, Spread], backend: Backend
) -> tuple[StageLosses, ...]:
    """Each open stage with what became of the deals that reached it, and its time against the norm."""
    open_deals = deals.table.filter(deals.table.state == State.OPEN.code)
    here = {key[1:]: spread for key, spread in spreads.items() if key[0] == State.OPEN.code}
    if deals.stays is not None:
        here = spread_by(deals.stays, "days", ["place"], backend)
    norms = _find_norms(deals, plan, here, spreads.get((State.WON.code, 0), Spread()), backend)
    over = sum_by(open_deals.filter(open_deals.days > norm_of(open_deals, norms)), ["place"], backend)
    return tuple(_weigh_stage(stage, corners, here, norms, over) for stage in plan.ladder)


def _weigh_stage(
    stage: Stage, corners: Sequence[_Corner], spreads: Mapping[Key, Spread], norms: Norms, over: Mapping[Key, Sums]
) -> StageLosses:
    key = (stage.place,)
    reached = sum(one.sums.deals for one in corners if one.reached >= stage.place)
    here = add_sums(*(one.sums for one in corners if one.state == State.OPEN.code and one.place == stage.place))
    lost = add_sums(*(one.sums for one in corners if one.state == State.LOST.code and one.reached == stage.place))
    return StageLosses(
        name=stage.name,
        place=stage.place,
        reached=reached,
        went_on=reached - here.deals - lost.deals,
        here=here,
        lost=lost,
        days=spreads.get(key, Spread()),
        norm_days=norms[stage.place][0],
        norm_from=norms[stage.place][1],
        over_norm=over.get(key, NOTHING),
    )


def _find_norms(
    deals: Deals, plan: ListPlan, spreads: Mapping[Key, Spread], won_days: Spread, backend: Backend
) -> Norms:
    """The norm of each stage: typed in, else the middle of deals that were won, else of the stage itself."""
    of_won: Mapping[Key, Spread] = {}
    if deals.stays is not None:
        of_won = spread_by(deals.stays.filter(deals.stays.is_won.fill_null(False)), "days", ["place"], backend)
    norms: Norms = {}
    for stage in plan.ladder:
        best = of_won.get((stage.place,), Spread()).middle if deals.stays is not None else won_days.middle
        own = spreads.get((stage.place,), Spread()).middle
        typed = None if stage.norm_days is None else float(stage.norm_days)
        norms[stage.place] = (typed, TYPED) if typed is not None else (best, WON) if best is not None else (own, OWN)
    return norms


def norm_of(table: ir.Table, norms: Norms) -> ir.FloatingValue:
    """The norm of each deal's stage as a column; NULL where there is none."""
    known = [(place, days) for place, (days, _origin) in sorted(norms.items()) if days is not None]
    return table.place.cases(*known, else_=ibis.null("float64")) if known else ibis.null("float64")


def _list_gaps(corners: Sequence[_Corner], plan: ListPlan) -> tuple[Gap, ...]:
    """What deals lack of that which the list could say, by stage."""
    gaps = []
    for name in LACKING:
        states = LACKED_BY.get(name, (State.OPEN.code, *ENDED))
        concerned = [one for one in corners if one.state in states]
        by_stage: Counter[str] = Counter()
        for one in concerned:
            by_stage[one.stage] += one.sums.without_value if name == "amount" else one.lacking[name]
        if plan.has(name):
            filled = tuple((stage, count) for stage, count in by_stage.items() if count)
            gaps.append(Gap(name, by_stage.total(), sum(one.sums.deals for one in concerned), filled))
    return tuple(gaps)
