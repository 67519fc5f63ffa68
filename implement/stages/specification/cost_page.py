"""The cost over three years in sentences and pictures."""

from datetime import date
from fractions import Fraction

from implement.engine.cost import FactorKind, PartCost, Range, Spread
from implement.engine.queueing import Capacity, CapacitySettings
from implement.stages.specification.service.choice.comparing import Comparison
from implement.stages.specification.service.cost.exchange import ExchangeState
from implement.stages.specification.service.cost.figures import OfferSaid
from implement.stages.specification.service.cost.pricing import PricedOffer, Pricing
from implement.stages.specification.tables.cost import SavingLine
from implement.web.charts import Chart, Line, lines
from implement.web.texts import _, _n, day, language, lazy, minutes, number, rounded_money, share

UNIT_LABELS = {
    FactorKind.MONEY: "",
    FactorKind.COUNT: "",
    FactorKind.HOURS: lazy("hours"),
    FactorKind.WEEKS: lazy("weeks"),
    FactorKind.SHARE: "%",
}
LEAD_LABELS = {"crm": lazy("CRM"), "accounting": lazy("accounting"), "": lazy("nobody said")}
WAY_LABELS = {"automatic": lazy("by itself"), "file": lazy("by a file"), "by_hand": lazy("typed twice")}
TONES = ("accent", "watch", "bad", "good", "neutral")
MONTHS_A_YEAR, SHOWN_OFFERS, SECONDS = 12, 5, 60


def say_cost(pricing: Pricing, currency: str) -> str:
    """What the cheapest offer will likely cost over three years."""
    if not pricing.offers:
        return _("No offer is priced yet.")
    first = pricing.offers[0]
    said = {"offer": first.name, "range": say_spread(first.spread, currency)}
    return _("%(offer)s will likely cost %(range)s over three years.", **said)


def say_prices(comparison: Comparison, pricing: Pricing, currency: str) -> str:
    """Which of the systems that may be chosen costs least, by the offers that were typed in."""
    names = {one.system.id: one.system.name for one in comparison.candidates}
    priced = [one for one in pricing.offers if one.said.system_key in names]
    if not priced:
        return _("No offer for one of these systems is typed in yet: points say what fits, not what it costs.")
    said = {"system": names[priced[0].said.system_key], "range": say_spread(priced[0].spread, currency)}
    return _n(
        "Only %(system)s has an offer yet: %(range)s over three years.",
        "Of %(num)d systems with an offer %(system)s costs least: %(range)s over three years.",
        len({one.said.system_key for one in priced}),
        **said,
    )


def say_offer_source(said: OfferSaid) -> str:
    """Whose word an offer is, and of which day."""
    if said.offered_on is None:
        return said.source or _("nobody said whose word it is")
    word = {"source": said.source, "day": day(said.offered_on)}
    return _("%(source)s, %(day)s", **word) if said.source else str(word["day"])


def count_stale(pricing: Pricing, today: date) -> int:
    """Offers of an unknown day or older than a year."""
    return sum(one.said.is_stale(today) for one in pricing.offers)


def say_spread(found: Spread, currency: str) -> str:
    """A range in round money: from–to."""
    low, high = rounded_money(found.low_minor, currency), rounded_money(found.high_minor, currency)
    return low if low == high else _("%(low)s to %(high)s", low=low, high=high)


def say_range(found: Range | None, currency: str) -> str:
    """Low, likely and high as from–to, with the likely between."""
    if found is None:
        return _("not known yet")
    if found.low == found.high:
        return rounded_money(found.likely, currency)
    low, likely, high = (rounded_money(one, currency) for one in (found.low, found.likely, found.high))
    return _("%(low)s to %(high)s, likely %(likely)s", low=low, likely=likely, high=high)


def say_case(offer: PricedOffer, currency: str) -> str:
    """What the savings leave of the cost."""
    if offer.case is None:
        return _("No saving is written down yet.")
    case = offer.case
    said = {"left": say_spread(case.left, currency), "share": share(case.share_of_gain)}
    if case.payback_month is None:
        return _("Within three years it does not pay for itself; left over: %(left)s.", **said)
    return _("It has likely paid for itself after month %(month)s; left over after three years: %(left)s, more than "
             "nothing in %(share)s of the trials.", month=case.payback_month, **said)  # fmt: skip


def say_crossing(one: PricedOffer, other: PricedOffer, month: int, gap_minor: int, currency: str) -> str:
    """Cheap now, dear every month."""
    said = {"one": one.name, "other": other.name, "month": month, "gap": rounded_money(gap_minor, currency)}
    return _(
        "%(one)s begins cheaper and is dearer than %(other)s from month %(month)s on, by %(gap)s at the end.", **said
    )


def say_standstill(offer: PricedOffer, currency: str) -> str:
    """The price of standing still against the price of faster service; nothing where figures lack."""
    if offer.standstill is None:
        return ""
    found = offer.standstill
    said = {"hour": rounded_money(found.hour_minor, currency), "fee": rounded_money(found.service_minor, currency)}
    return _(
        "%(offer)s: an hour of standstill costs %(hour)s; faster service for %(fee)s a year is worth it from %(hours)s "
        "spared hours on.",
        offer=offer.name,
        hours=number(found.worth_from_hours, 1),
        **said,
    )


def name_part(cost: PartCost) -> str:
    """A part of the cost by its name."""
    return cost.part.text.in_language(language())


def say_saving(row: SavingLine, currency: str) -> str:
    """What a saving is worth a year, from–to."""
    low, likely, high = (Fraction(value, 1000) * row.piece_minor for value in (row.low, row.likely, row.high))
    return say_range(Range(low, likely, high), currency)


def say_capacity(found: Capacity | None) -> str:
    """What the people can do of the true demand."""
    if found is None:
        return _("How many of your calls can be answered?")
    said = {"answered": number(found.answered_a_day), "share": share(found.answered_share), "people": found.people}
    said["needed"] = found.people_needed
    return _(
        "%(people)s people can answer %(answered)s calls a day, %(share)s of the true demand; needed are %(needed)s.",
        **said,
    )


def say_target() -> str:
    """What is demanded of those who answer."""
    how = CapacitySettings()
    said = {"share": share(how.target_share), "seconds": how.within_seconds, "busy": share(how.busiest_share)}
    return _("for %(share)s of calls within %(seconds)s seconds, nobody busier than %(busy)s", **said)


def say_waiting(found: Capacity) -> str:
    """How long callers wait."""
    if found.wait_seconds is None:
        return _("The queue grows without end in the busiest hour: callers give up.")
    return minutes(found.wait_seconds / SECONDS)


def say_exchange(found: ExchangeState) -> str:
    """Whether the CRM fits the accounting system."""
    if not found.lines:
        return _("What passes between CRM and accounting?")
    if found.is_compatible:
        return _("Everything passes by itself, one system leads, and it was tried.")
    if found.by_hand:
        hours = number(found.hours_a_year, 0)
        return _n(
            "One thing is typed twice: %(hours)s hours a year.",
            "%(num)d things are typed twice: %(hours)s hours a year.",
            found.by_hand,
            hours=hours,
        )
    return _("Not yet compatible: without a leading system %(lead)s, never tried %(untried)s.",
             lead=found.without_lead, untried=found.untried)  # fmt: skip


def draw_sums(pricing: Pricing, currency: str, today: date) -> Chart:
    """What each offer has cost by the end of each month."""
    months = [_add_months(today, month) for month in range(1, pricing.months + 1)]
    series = [
        Line(one.name, tuple(one.middle_by_month), TONES[place])
        for place, one in enumerate(pricing.offers[:SHOWN_OFFERS])
    ]
    return lines(
        _("Paid so far, month by month"),
        _("The middle of all trials: half cost less, half more."),
        heading=_("Month"),
        step="month",
        days=months,
        series=series,
        kind="money",
        currency=currency,
    )


def _add_months(day: date, months: int) -> date:
    """The first day of a month so many months later."""
    years, month = divmod(day.month - 1 + months, MONTHS_A_YEAR)
    return date(day.year + years, month + 1, 1)
