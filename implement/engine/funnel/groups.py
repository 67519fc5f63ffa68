"""Which reasons cost most, and which products, channels or segments lose more than the rest by more than chance."""

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.funnel.counting import UNNAMED, Key, fetch, read_sums
from implement.engine.funnel.figures import NOTHING, Group, add_sums
from implement.engine.funnel.settings import FunnelSettings
from implement.engine.funnel.stages import State
from implement.engine.promises import interval_of_share
from implement.engine.value_at_risk.sums import Sums

REST = "\N{HORIZONTAL ELLIPSIS}"


def list_reasons(lost: ir.Table, backend: Backend, settings: FunnelSettings) -> tuple[tuple[str, Sums], ...]:
    """Lost deals by reason, the commonest first, deals without one under empty text, the rest as one."""
    sums = _sum_up(lost, ["reason"], backend, settings)
    return tuple((str(key[0]), sums[key]) for key in sorted(sums, key=lambda key: (-sums[key].deals, str(key[0]))))


def group_deals(tallied: ir.Table, name: str, backend: Backend, settings: FunnelSettings) -> tuple[Group, ...]:
    """The deals by the values of a column, those that lose more than all together first."""
    sums = _sum_up(tallied, [name, "state"], backend, settings)
    values = sorted({str(key[0]) for key in sums})
    ended = [add_sums(*(one for key, one in sums.items() if key[1] == state.code)) for state in (State.LOST, State.WON)]
    whole = ended[0].deals / max(1, ended[0].deals + ended[1].deals)
    found = [_judge(value, sums, whole, settings) for value in values]
    return tuple(sorted(found, key=lambda one: (not one.is_worse, one.is_rest, -one.lost.deals, one.value)))


def _judge(value: str, sums: Mapping[Key, Sums], whole: float, settings: FunnelSettings) -> Group:
    lost, won, opened = (sums.get((value, state.code), NOTHING) for state in (State.LOST, State.WON, State.OPEN))
    ended = lost.deals + won.deals
    low, high = interval_of_share(lost.deals, ended) if ended else (0.0, 1.0)
    is_named = value not in (REST, UNNAMED)
    is_worse = is_named and ended >= settings.least_closed and low > whole
    return Group(value, lost, won, opened, low, high, value == REST, is_worse)


def _largest(tallied: ir.Table, name: str, backend: Backend, settings: FunnelSettings) -> list[str]:
    """The values of most deals; all of them where there are few."""
    by_value = tallied.group_by(name).aggregate(deals=tallied.n.sum())
    ordered = by_value.filter(by_value[name].notnull()).order_by(ibis.desc("deals"), name)
    return [str(row[name]) for row in fetch(ordered.limit(settings.most_groups), backend)]


def _sum_up(tallied: ir.Table, keys: Sequence[str], backend: Backend, settings: FunnelSettings) -> dict[Key, Sums]:
    """Sums by the largest values, everything beyond them as one, so that nothing is lost."""
    cell, largest = tallied[keys[0]], _largest(tallied, keys[0], backend, settings)
    value = ibis.cases((cell.isnull(), UNNAMED), (cell.isin(largest or [UNNAMED]), cell), else_=REST)
    valued = tallied.mutate(**{keys[0]: value})
    summed = valued.group_by(*keys, "currency").aggregate(
        n=valued.n.sum().cast("int64"), valued=valued.valued.sum().cast("int64"), money=valued.money.sum()
    )
    return read_sums(fetch(summed, backend), keys)
