"""What was promised and what was measured, in sentences, rows and a picture."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from implement.engine.promises import fit_base_hours
from implement.stages.adoption.service.promises import COMPUTED, Figure, PromiseRow
from implement.web.charts import Chart, bars
from implement.web.texts import _, _n, day, lazy, month, number, share, whole_money

MEASURE_LABELS = {
    "routine_hours": lazy("Routine work, hours a week and person"),
    "repeat_share": lazy("Clients who bought more than once"),
    "retention": lazy("Clients of the half-year before who bought again"),
    "new_clients": lazy("New clients a month"),
    "monthly_revenue": lazy("Revenue a month"),
    "response_hours": lazy("Hours to the first answer"),
    "clicks_to_history": lazy("Clicks to a client's history"),
    "cards_filled": lazy("Cards filled enough for a campaign"),
    "timely_records": lazy("Records entered within four days"),
}
SAVED_SHARE, SAVED_HOURS = Fraction(28, 100), (Fraction(8), Fraction(12))
PERCENT = Decimal(100)


def say_answer(claims: Sequence[PromiseRow]) -> str:
    """How many claims can be held against the firm's own figures."""
    held = sum(row.change is not None for row in claims)
    return _n(
        "One of %(claims)s claims can be held against your own figures.",
        "%(num)d of %(claims)s claims can be held against your own figures.",
        held, claims=number(len(claims)),
    )  # fmt: skip


def say_trap(baseline: Figure | None) -> str:
    """Why a saving of 28 % and one of 8 to 12 hours seldom fit each other (M36)."""
    low, high = fit_base_hours(SAVED_SHARE, SAVED_HOURS)
    said = _(
        "28 %% and 8 to 12 hours a week are the same saving only where routine work takes %(low)s to %(high)s hours a "
        "week.",
        low=number(low), high=number(high),
    )  # fmt: skip
    if baseline is None:
        return f"{said} {_say_unknown_base()}"
    hours = Fraction(baseline.value)
    own = _(
        "With your %(hours)s hours, 28 %% are %(saved)s hours.", hours=number(hours), saved=number(hours * SAVED_SHARE)
    )
    return f"{said} {own}"


def say_figure(figure: Figure | None, unit: str, currency: str) -> str:
    """A figure with its interval."""
    if figure is None:
        return _("not measurable yet")
    said = _write(figure.value, unit, currency)
    if figure.low is None or figure.high is None:
        return said
    low, high = (_write(bound, unit, currency) for bound in (figure.low, figure.high))
    return _("%(figure)s, likely %(low)s to %(high)s", figure=said, low=low, high=high)


def say_basis(figure: Figure | None) -> str:
    """On how many a figure rests, from which days, and whether it was typed or computed."""
    if figure is None:
        return ""
    parts = [_("computed") if figure.origin == COMPUTED else _("typed in")]
    parts += [_("n = %(n)s", n=number(figure.n))] if figure.n is not None else []
    if figure.first_day is not None and figure.first_day != figure.last_day:
        parts.append(f"{day(figure.first_day)}–{day(figure.last_day)}")
    elif figure.last_day is not None:
        parts.append(day(figure.last_day))
    parts += [_("frozen on %(day)s", day=day(figure.frozen_at))] if figure.frozen_at is not None else []
    return ", ".join(parts)


def say_change(row: PromiseRow) -> str:
    """What became of the promise, without guessing."""
    if row.today is None:
        return _("not measurable yet")
    if row.baseline is None:
        return _("no baseline frozen")
    if row.change is None:
        return _("not to be compared")
    sign = "" if not round(row.change, 3) else "+" if row.change > 0 else "−"
    said = f"{sign}{share(abs(row.change))}"
    return _("%(change)s, within chance", change=said) if row.is_within_chance else said


def draw_revenue(months: Sequence[tuple[date, float]], currency: str) -> Chart | None:
    """Revenue month by month; a month without any is a gap to be closed (M35)."""
    if not months:
        return None
    return bars(
        _("Revenue a month, by the CRM's newest export"),
        _("Won deals by the month in which they closed, in %(currency)s; whole months only.", currency=currency),
        headings=(_("Month"), _("Revenue")),
        labels=[month(one) for one, _revenue in months],
        values=[round(revenue) for _one, revenue in months],
        tones=["accent" if revenue else "bad" for _one, revenue in months],
    )


def _write(value: Decimal, unit: str, currency: str) -> str:
    if unit == "share":
        return share(value)
    if unit == "hours":
        return _("%(n)s h", n=number(value, 1))
    return whole_money(value, currency) if unit == "amount" else number(value, 1)


def _say_unknown_base() -> str:
    return _("Freeze your own hours below to see what it would be here.")
