"""The baseline as a page shows it: what is frozen, what is known, and what the diary says."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal

from implement.engine.diary import GroupHours
from implement.stages.audit.service.baseline import DIARY, MEASURES, ROUTINE_HOURS, BaselineFigure
from implement.stages.audit.service.list_measures import RESPONSE_HOURS
from implement.stages.audit.tables import Diary
from implement.web.charts import Chart, bars
from implement.web.texts import _, _n, day, lazy, number, share, whole_money

MEASURE_LABELS = {
    "routine_hours": lazy("Routine work, hours a week and person"),
    "repeat_share": lazy("Clients who bought more than once"),
    "retention": lazy("Clients of the half-year before who bought again"),
    "new_clients": lazy("New clients a month"),
    "monthly_revenue": lazy("Revenue a month"),
    "response_hours": lazy("Hours to the first answer"),
}
ROUTINE_LABELS = {
    "search": lazy("Looking for what is known somewhere"),
    "copying": lazy("Typing the same in again"),
    "reports": lazy("Writing reports and lists"),
    "asking": lazy("Asking colleagues about a client"),
    "chasing": lazy("Reminding others, waiting for them"),
    "other": lazy("Other routine"),
}
LATER = timedelta(days=2)
SHARES = ("repeat_share", "retention")
assert set(MEASURE_LABELS) == set(MEASURES)


def say_baseline(frozen: int) -> str:
    """How much of the baseline is frozen."""
    if not frozen:
        return _("Nothing is frozen yet: what is not measured now cannot be compared later.")
    every = len(MEASURES)
    return _n("%(num)d of %(all)s figures is frozen.", "%(num)d of %(all)s figures are frozen.", frozen, all=every)


def say_figure(figure: BaselineFigure, currency: str) -> str:
    """A figure with its range."""
    value, low, high = (_write(one, figure.measure, currency) for one in (figure.value, figure.low, figure.high))
    if figure.measure == RESPONSE_HOURS:
        return _("%(value)s (half of them %(low)s–%(high)s)", value=value, low=low, high=high)
    return _("%(value)s, likely %(low)s–%(high)s", value=value, low=low, high=high)


def count_waiting(known: Mapping[str, BaselineFigure], frozen: Mapping[str, BaselineFigure]) -> int:
    """How many figures are known and not frozen yet."""
    return len(known.keys() - frozen.keys())


def say_missing(measure: str, known: Mapping[str, BaselineFigure]) -> str:
    """What tells of a measure that is not known yet."""
    if measure == ROUTINE_HOURS:
        return _("open a diary below")
    if any(figure.origin != DIARY for figure in known.values()):
        return _("the old list does not say it; a list that does can be handed in for the loss map")
    return _("hand in the old list for the loss map")


def say_basis(figure: BaselineFigure) -> str:
    """On how many a figure rests, of which days, from where."""
    origin = _("from the diary") if figure.origin == DIARY else _("from %(files)s", files=figure.note)
    days = f"{day(figure.first_day)}–{day(figure.last_day)}"
    return ", ".join((_("n = %(n)s", n=number(figure.n)), days, origin))


def write_reminder(row: Diary) -> tuple[str, str]:
    """Subject and words of a reminder, which carries no link: each is known to one person alone."""
    body = _(
        "Please write your minutes of routine by the link you were given; it works until %(day)s, and days can be "
        "written later. Whoever has lost the link asks for a new one and says its group and number.",
        day=day(row.last_day + LATER),
    )
    return _("Diary of routine work: a minute a day"), body


def draw_routine(results: Sequence[GroupHours]) -> Chart | None:
    """Routine hours a week by kind, of everybody."""
    if not results:
        return None
    ordered = sorted(results[0].kinds, key=lambda one: -one[1])
    return bars(
        _("Routine hours a week, by kind"),
        _("The mean of %(n)s people over %(days)s days that they wrote.", n=number(results[0].people),
          days=number(results[0].days)),
        headings=(_("Kind of routine"), _("Hours a week")),
        labels=[str(ROUTINE_LABELS[kind]) for kind, _hours in ordered],
        values=[Decimal(f"{hours:.1f}") for _kind, hours in ordered],
    )  # fmt: skip


def _write(value: Decimal, measure: str, currency: str) -> str:
    if measure in SHARES:
        return share(value)
    if measure == "monthly_revenue":
        return whole_money(value, currency)
    return _("%(n)s h", n=number(value, 1)) if measure in (ROUTINE_HOURS, RESPONSE_HOURS) else number(value, 1)
