"""How lists of deals, their losses and the client base are said in the reader's language."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from implement.engine.funnel import Gap, Group, LossMap, Spread, State
from implement.engine.funnel.figures import OWN, TYPED, WON
from implement.engine.funnel.groups import REST
from implement.engine.intake import FAULT_TEXTS, Fault
from implement.engine.value_at_risk.sums import Sums
from implement.stages.audit.service.by_role import RoleDeadlines
from implement.stages.audit.words import FIELD_LABELS, ROLE_LABELS, say_money
from implement.web.texts import _, _n, day, lazy, number

STEP_TEXTS = {
    "read": lazy("Reading the files"),
    "propose": lazy("Looking at the columns"),
    "type": lazy("Reading the deals"),
    "stages": lazy("Following the stages"),
    "groups": lazy("Looking for what is lost more often"),
    "clients": lazy("Looking at clients and deadlines"),
}
GAP_LABELS = {
    "client": lazy("Deals without a client"),
    "next_step": lazy("Open deals without a next step"),
    "opened": lazy("Deals without the day they began"),
    "closed": lazy("Ended deals without the day they ended"),
    "amount": lazy("Deals without a value"),
    "owner": lazy("Deals that nobody answers for"),
    "reason": lazy("Lost deals without a reason"),
}
GROUP_LABELS = {"product": lazy("Product"), "channel": lazy("Channel"), "segment": lazy("Segment")}
NORM_LABELS = {
    TYPED: lazy("typed in"),
    WON: lazy("middle of won deals"),
    OWN: lazy("middle of this stage"),
}
PICK_TITLES = {
    "all": lazy("All deals"),
    "open": lazy("Open deals"),
    "won": lazy("Won deals"),
    "lost": lazy("Lost deals"),
    "unplaced": lazy("Lost deals of which no stage is known"),
    "over_norm": lazy("Open deals that stand for longer than the norm"),
    "repeat": lazy("Offers to clients who had bought before"),
    "refused": lazy("Refused offers to clients who had bought before"),
    "missed": lazy("Deals that missed their day"),
    "lacking": lazy("Deals that lack something"),
    "backwards": lazy("Deals that end before they begin"),
}


def say_fault(fault: Fault) -> str:
    """Why something in a file cannot be used."""
    return _(FAULT_TEXTS[fault.code]).format(*fault.values)


def say_field(field: str) -> str:
    """What a column says of a deal."""
    return str(FIELD_LABELS[field])


def say_role(role: str) -> str:
    """A role in words; whoever the staff list does not know has none."""
    return str(ROLE_LABELS.get(role, role)) if role else _("not on the staff list")


def say_step(step: str) -> str:
    """What a job is doing."""
    return str(STEP_TEXTS.get(step, step))


def say_value(value: str) -> str:
    """A value of a group; empty and rest in words."""
    return _("not named") if not value else _("all others") if value == REST else value


def say_sum(sums: Sums, currency: str) -> str:
    """Money by currency; the list's own where it names one, else the rollout's."""
    return ", ".join(say_money(Fraction(amount), code or currency) for code, amount in sums.amounts) or "–"


def say_days(spread: Spread) -> str:
    """The middle of some durations with the half that lies around it."""
    if spread.middle is None or spread.low is None or spread.high is None:
        return _("not known")
    if spread.n < 2:
        return number(spread.middle, 0)
    half = {"low": number(spread.low, 0), "high": number(spread.high, 0)}
    return _("%(middle)s (half of them %(low)s–%(high)s)", middle=number(spread.middle, 0), **half)


def say_norm(days: float | None, origin: str) -> str:
    """A norm and where it comes from."""
    return "–" if days is None else f"{number(days, 0)} ({NORM_LABELS[origin]})"


def say_losses(found: LossMap, currency: str) -> str:
    """The first line: how many of the ended deals were lost, and what they were worth."""
    lost, won = found.totals.lost, found.totals.won
    ended = lost.deals + won.deals
    if not ended:
        return _n("The deal is open; nothing has ended yet.", "All %(num)d deals are open; nothing has ended yet.",
                  found.totals.open.deals)  # fmt: skip
    said = _("%(lost)s of %(ended)s ended deals were lost.", lost=number(lost.deals), ended=number(ended))
    return f"{said} {say_worth(found, lost, currency)}".strip()


def say_worth(found: LossMap, sums: Sums, currency: str) -> str:
    """What deals were worth: as the list says, and at the average won deal where it says nothing."""
    parts = []
    if sums.amounts:
        parts.append(_("Value in the list: %(money)s.", money=say_sum(sums, currency)))
    estimate = found.estimate(sums)
    if sums.without_value and estimate is not None:
        money = {"money": say_money(Fraction(estimate), found.currency or currency)}
        average = say_money(Fraction(found.average_won() or 0), found.currency or currency)
        parts.append(
            _n("%(n)s carries no value; at the average won deal of %(average)s it comes to %(money)s.",
               "%(n)s carry no value; at the average won deal of %(average)s they come to %(money)s.",
               sums.without_value, n=number(sums.without_value), average=average, **money)
        )  # fmt: skip
    elif sums.without_value and sums.deals:
        parts.append(_n("%(n)s carries no value.", "%(n)s carry no value.", sums.without_value,
                        n=number(sums.without_value)))  # fmt: skip
    return " ".join(parts)


def say_list(found: LossMap, files: list[str]) -> str:
    """Which list this is."""
    said = {"day": day(found.as_of), "n": number(found.totals.deals.deals), "files": ", ".join(files)}
    history = _("It is a history: a deal has a row for each stage.") if found.is_history else ""
    return " ".join(part for part in (_("%(files)s, %(n)s deals, as of %(day)s.", **said), history) if part)


def say_gap(gap: Gap, stages: Mapping[str, State]) -> str:
    """By which stages a gap is spread, the largest first."""
    ordered = sorted(gap.by_stage, key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{stage or _('(empty)')} {number(count)}" for stage, count in ordered)


def worth_of(found: LossMap, sums: Sums) -> Decimal:
    """What deals were worth in the main currency, with the estimate where the list says nothing."""
    return sums.amount(found.currency) + (found.estimate(sums) or Decimal(0))


def worth_of_group(found: LossMap, group: Group) -> Decimal:
    """What a group's lost deals were worth; those without a value at the average won deal of the group itself."""
    valued = group.won.deals - group.won.without_value
    if not valued or len(group.won.amounts) != 1:
        return worth_of(found, group.lost)
    average = group.won.amount(found.currency) / valued
    return group.lost.amount(found.currency) + average * group.lost.without_value


def say_late_people(people: Sequence[tuple[str, int, int]], roles: Sequence[RoleDeadlines]) -> str:
    """Who misses most, as far as this reader may know it."""
    late = [one for one in people if one[2]]
    if late:
        name, due, missed = max(late, key=lambda one: (one[2], one[0]))
        return _("Most often %(name)s: %(missed)s of %(due)s deals missed their day.", name=name,
                 missed=number(missed), due=number(due))  # fmt: skip
    if people or not roles:
        return _("Nobody missed a deadline.")
    return _("By role only: names are shown to whom the agreement on the named view allows it.")
