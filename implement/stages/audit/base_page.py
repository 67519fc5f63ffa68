"""The client base by month as a page shows it: a sentence, pictures over months, rows beside the audit (M39)."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from implement.engine.funnel import LossMap, StageLosses
from implement.stages.audit.list_words import say_days, say_norm
from implement.stages.audit.losses_page import is_slow
from implement.stages.audit.service.months import (
    ANOTHER_BASE,
    GAP,
    SAME_FILE,
    TOO_NEW,
    TOO_OLD,
    BaseMonth,
    Doubt,
)
from implement.web.charts import Chart, Line, bars, heatmap, lines
from implement.web.texts import _, day, number
from implement.web.texts import month as say_month

MOST_SEGMENTS = 12


@dataclass(frozen=True)
class StageBeside:
    """A stage in a month with its norm: deals and days in it, those of the month before, those at the audit."""

    name: str
    norm: str
    is_slow: bool
    here: tuple[str, str, str]
    days: tuple[str, str, str]


def say_base(months: Sequence[BaseMonth]) -> str:
    """How many clients there are, and what moved since the month before."""
    newest = months[-1]
    base, moved = newest.base, newest.movement
    month = say_month(newest.month, begins=True)
    said = _("%(month)s: %(clients)s clients.", clients=number(base.clients), month=month)
    if moved is None:
        return said
    terms = {"new": number(moved.new), "gone": number(moved.gone), "stayed": number(moved.stayed)}
    movement = _("%(new)s new, %(gone)s gone, %(stayed)s stayed since the month before.", **terms)
    return f"{said} {movement}"


def say_bought(month: BaseMonth) -> str:
    """Who bought: ever, within a year, within the month."""
    base = month.base
    return _(
        "%(bought)s ever bought, %(active)s within a year, %(buyers)s in this month, %(fresh)s of them for the first "
        "time; %(asleep)s have not bought for a year.",
        bought=number(base.bought), active=number(base.active), buyers=number(base.buyers),
        fresh=number(base.new_buyers), asleep=number(base.asleep),
    )  # fmt: skip


def write_month(month: BaseMonth) -> str:
    """A month as addresses carry it: 2024-05."""
    return f"{month.month:%Y-%m}"


def say_doubt(doubt: Doubt) -> str:
    """Why a month may be wrong."""
    terms = {"month": say_month(doubt.month, begins=True), "other": say_month(doubt.other) if doubt.other else ""}
    on = day(doubt.other)
    sentences = {
        SAME_FILE: lambda: _("%(month)s holds the very file of %(other)s: one of the two is wrong.", **terms),
        TOO_OLD: lambda: _("%(month)s: the newest day in this list is %(day)s, before the month began.",
                           month=terms["month"], day=on),
        TOO_NEW: lambda: _("%(month)s: the list goes on to %(day)s, after the month had ended.",
                           month=terms["month"], day=on),
        ANOTHER_BASE: lambda: _("%(month)s: hardly half of the clients of %(other)s are in it. Is it a part of the "
                                "base, or are clients named in another way?", **terms),
        GAP: lambda: _("%(month)s: a month is missing since %(other)s; the movement spans it.", **terms),
    }  # fmt: skip
    return sentences[doubt.kind]()


def draw_clients(months: Sequence[BaseMonth]) -> Chart:
    """Clients, and those who bought within a year, month by month."""
    return lines(
        _("Clients month by month"),
        _("All clients of each export, and those who bought within the year before."),
        heading=_("Month"),
        step="month",
        days=[one.month for one in months],
        series=[
            Line(_("clients"), tuple(one.base.clients for one in months)),
            Line(_("bought within a year"), tuple(one.base.active for one in months), tone="good"),
        ],
    )


def draw_movement(months: Sequence[BaseMonth]) -> Chart | None:
    """New and gone clients by month; None while there is nothing to compare, or nobody came or went."""
    moved = [one for one in months if one.movement is not None]
    if not any(one.movement and (one.movement.new or one.movement.gone) for one in moved):
        return None
    return lines(
        _("New and gone clients"),
        _("Against the export before: who is in it for the first time, and who is in it no more."),
        heading=_("Month"),
        step="month",
        days=[one.month for one in moved],
        series=[
            Line(_("new clients"), tuple(one.movement.new if one.movement else None for one in moved), tone="good"),
            Line(_("gone clients"), tuple(one.movement.gone if one.movement else None for one in moved), tone="bad"),
        ],
    )


def draw_segments(months: Sequence[BaseMonth]) -> Chart | None:
    """Clients by segment and month (M40); None where nothing tells a segment."""
    names = [name for name, _count in months[-1].base.segments if name][:MOST_SEGMENTS]
    if not names:
        return None
    counts = [dict(one.base.segments) for one in months]
    return heatmap(
        _("Clients by segment"),
        _("Month by month; a segment that shrinks is a question to marketing."),
        row_heading=_("Segment"),
        row_labels=names,
        column_labels=[say_month(one.month) for one in months],
        values=[[found.get(name, 0) for found in counts] for name in names],
    )


def draw_channels(month: BaseMonth, rollout_id: int) -> Chart | None:
    """Deals begun in the month by channel, with what was won of those that ended (M48)."""
    channels = [one for one in month.base.channels if one.opened]
    if not channels:
        return None
    notes = {
        (row, 1): _("won %(won)s, lost %(lost)s", won=number(one.won.deals), lost=number(one.lost.deals))
        for row, one in enumerate(channels)
    }
    here = {"rollout_id": rollout_id, "number": month.number, "show": "all", "field": "channel"}
    return bars(
        _("Deals begun by channel, %(month)s", month=say_month(month.month)),
        _("What to scale and what to cut: begun in this month; won and lost are deals that ended in it."),
        headings=(_("Channel"), _("Deals begun")),
        labels=[one.value or _("not named") for one in channels],
        values=[one.opened for one in channels],
        notes=notes,
        links={
            (row, 1): url_for("audit_losses.list_deals", **here, value=one.value)  # type: ignore[arg-type]
            for row, one in enumerate(channels)
        },
    )


def choose_month(months: Sequence[BaseMonth], wished: str) -> BaseMonth:
    """The month that is asked for, else the newest."""
    return next((one for one in months if write_month(one) == wished), months[-1])


def find_before(months: Sequence[BaseMonth], month: BaseMonth) -> BaseMonth | None:
    """The month that was handed in before this one."""
    return next((one for one in reversed(months) if one.month < month.month), None)


def list_stages(month: BaseMonth, before: BaseMonth | None, then: LossMap | None) -> list[StageBeside]:
    """The stages of a month with time in each, beside the month before and the audit (M42, M43)."""
    earlier = [{stage.name: stage for stage in one.stages} if one else {} for one in (before and before.losses, then)]
    return [_beside(stage, [known.get(stage.name) for known in earlier]) for stage in month.losses.stages]


def _beside(stage: StageLosses, earlier: Sequence[StageLosses | None]) -> StageBeside:
    of_each = (stage, *earlier)
    here, here_before, here_then = (number(one.here.deals) if one else "–" for one in of_each)
    days, days_before, days_then = (say_days(one.days) if one else "–" for one in of_each)
    return StageBeside(
        stage.name, say_norm(stage.norm_days, stage.norm_from), is_slow(stage), (here, here_before, here_then),
        (days, days_before, days_then),
    )  # fmt: skip
