"""A handover in sentences: who leaves, what is open with money, what is still with the old owner."""

from collections.abc import Sequence
from decimal import Decimal

from implement.engine.handover import ClientShare
from implement.stages.adoption.service.handover import Belongings, ItemRow, Leaver
from implement.web.texts import _, _n, day, number, whole_money

NOTHING = "–"


def say_leavers(rows: Sequence[Leaver]) -> str:
    """How many leave or are away, and how many of them handed over."""
    if not rows:
        return _("Nobody leaves or is away for long.")
    waiting = sum(row.handed_over is None for row in rows)
    said = _n("One person leaves or is away", "%(num)d people leave or are away", len(rows))
    left = _n("one has not handed over.", "%(num)d have not handed over.", waiting)
    return f"{said}; {left}"


def say_span(leaver: Leaver) -> str:
    """From when, and until when where that is known; why is nobody's business."""
    if leaver.until is None:
        return _("gone from %(day)s", day=day(leaver.from_day))
    return _("away %(first)s to %(last)s", first=day(leaver.from_day), last=day(leaver.until))


def say_belongings(leaver: Leaver, found: Belongings | None, currency: str) -> str:
    """What is open with somebody, in one sentence."""
    if found is None:
        return _("%(name)s: no export of the CRM has been handed in yet.", name=leaver.name)
    if not found.clients:
        return _("%(name)s: no open deal in the CRM's newest export.", name=leaver.name)
    deals = sum(len(one.deal_keys) for one in found.clients)
    said = {"name": leaver.name, "deals": number(deals), "clients": number(len(found.clients))}
    return _(
        "%(name)s: %(deals)s open deals with %(clients)s clients; money behind them: %(money)s.",
        money=say_sum(found.clients, currency), **said,
    )  # fmt: skip


def say_money(amounts: Sequence[tuple[str, Decimal]], without_value: int, currency: str) -> str:
    """Money by currency; deals without a value are named, never taken for zero."""
    said = [whole_money(amount, code or currency) for code, amount in amounts]
    if without_value:
        said.append(_n("one deal without a value", "%(num)d deals without a value", without_value))
    return " + ".join(said) or NOTHING


def say_sum(clients: Sequence[ClientShare], currency: str) -> str:
    """The money behind all clients."""
    sums: dict[str, Decimal] = {}
    for one in clients:
        for code, amount in one.amounts:
            sums[code] = sums.get(code, Decimal(0)) + amount
    return say_money(sorted(sums.items()), sum(one.without_value for one in clients), currency)


def say_done(owner: str, rows: Sequence[ItemRow]) -> str:
    """Whether a later export still has deals with the old owner."""
    deals, still = sum(row.deals for row in rows), [row.still for row in rows if row.still is not None]
    said = {"owner": owner, "deals": number(deals)}
    if not still:
        return _("%(owner)s: %(deals)s deals are handed over; no later export has come in yet.", **said)
    if not sum(still):
        return _("%(owner)s: all %(deals)s deals have left the old owner.", **said)
    return _("%(owner)s: %(still)s of %(deals)s deals are still with the old owner.", still=number(sum(still)), **said)
