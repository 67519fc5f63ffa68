"""Value messages in sentences: "3 clicks, 40 s instead of 6 min"."""

from collections.abc import Sequence
from fractions import Fraction

from implement.engine.before_after import LEAST_TIMINGS, Comparison, Side
from implement.stages.pilot.service.values import SIDES, MeasuredValue, is_worth_telling
from implement.stages.pilot.tables.values import ValueMessage
from implement.web.texts import _, _n, day, number

SIDE_LABELS = SIDES
MINUTE, LONG = 60, 120


def say_values(rows: Sequence[MeasuredValue]) -> str:
    """How many messages may be handed out."""
    ready = sum(is_worth_telling(row.found) for row in rows)
    if not rows:
        return _("What does the CRM save, in minutes, and for whom?")
    if not ready:
        return _("No comparison is measured often enough yet to be handed out.")
    return _n("One comparison is measured and can be handed out.",
              "%(num)d comparisons are measured and can be handed out.", ready)  # fmt: skip


def say_message(row: ValueMessage, found: Comparison) -> str:
    """The message itself, or what is still missing."""
    if found.before is None or found.after is None:
        return _("%(task)s: not measured on both sides yet", task=row.task)
    about = {"task": row.task, "after": say_time(found.after.middle), "before": say_time(found.before.middle)}
    if row.clicks is not None:
        about["clicks"] = _n("one click", "%(num)d clicks", row.clicks)
        return _("%(task)s: %(clicks)s, %(after)s instead of %(before)s", **about)
    return _("%(task)s: %(after)s instead of %(before)s", **about)


def say_side(side: Side | None) -> str:
    """What was measured on one side: the middle, the range, how often, and when."""
    if side is None:
        return _("not measured yet")
    about = {"middle": say_time(side.middle), "low": say_time(Fraction(side.shortest))}
    about |= {"high": say_time(Fraction(side.longest)), "first": day(side.first_day), "last": day(side.last_day)}
    measured = _n("measured once", "measured %(num)d times", side.count)
    if side.first_day == side.last_day:
        return _("%(middle)s (%(low)s to %(high)s; %(measured)s on %(first)s)", measured=measured, **about)
    return _("%(middle)s (%(low)s to %(high)s; %(measured)s, %(first)s to %(last)s)", measured=measured, **about)


def say_state(found: Comparison) -> tuple[str, str]:
    """Tone and word: may it be handed out, and if not, why."""
    if is_worth_telling(found):
        if found.overlaps:
            return "watch", _("can be handed out; some doings took as long as before")
        return "good", _("can be handed out")
    if found.is_ready:
        return "bad", _("takes no less time now: do not hand out")
    return "neutral", _("to be measured at least %(count)s times on each side", count=LEAST_TIMINGS)


def say_time(seconds: Fraction) -> str:
    """Seconds up to two minutes, minutes beyond."""
    if seconds < LONG:
        return _("%(seconds)s s", seconds=number(round(seconds)))
    return _("%(minutes)s min", minutes=number(Fraction(seconds, MINUTE), 0 if seconds % MINUTE == 0 else 1))
