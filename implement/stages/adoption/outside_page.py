"""Ways round the CRM in sentences: the register of bypasses, unusual views and exports."""

from collections.abc import Sequence

from flask import current_app

from implement.engine.unusual import UnusualUser, Usual
from implement.rollout.service.privacy import pseudonym
from implement.stages.adoption.booked import Booked, BookedGroup
from implement.stages.adoption.service.bypasses import BypassRow
from implement.stages.adoption.service.looks import Looks
from implement.web.charts import Chart, heatmap
from implement.web.roles import name_function
from implement.web.texts import _, _n, day, lazy, number

MOST_ROWS = 40
KIND_LABELS = {"views": lazy("Records looked at"), "reports_read": lazy("Reports and exports fetched")}
STATE_TONES = {"open": "bad", "narrowed": "watch", "closed": "good"}


def say_orders(found: Booked) -> str:
    """How many of the orders of the last four weeks the CRM never knew."""
    recent = found.whole.recent
    if found.whole.why:
        return _("Too few people to show figures of teams.")
    said = {"unknown": number(recent.unknown), "booked": number(recent.booked)}
    return _("The CRM never knew of %(unknown)s of %(booked)s orders in the last four weeks.", **said)


def name_group(group: BookedGroup) -> str:
    """A group's name."""
    if group.name:
        return group.name
    if group.parent is None:
        return _("Everybody")
    return _("without a team") if group.key.startswith("team:") else _("without a wave")


def say_calls(found: Booked) -> str:
    """How many calls and mails of the last four weeks have left nothing in the CRM, at least."""
    if found.whole.why:
        return _("Too few people to show figures of teams.")
    recent = found.whole.recent
    said = {"unknown": number(recent.unknown), "booked": number(recent.booked)}
    return _("At least %(unknown)s of %(booked)s calls and mails in the last four weeks are not in the CRM.", **said)


def draw_calls(found: Booked) -> Chart:
    """Teams by weeks: the share of calls and mails of which nothing stands in the CRM, at least."""
    return _draw(
        _("Calls and mails that are not in the CRM, by week"),
        _("What each person recorded in the same week is taken off their calls and mails; what is left is not there."),
        _("no call or mail"),
        found,
    )


def draw_orders(found: Booked) -> Chart:
    """Teams by weeks: the share of orders that the CRM never knew."""
    return _draw(
        _("Orders the CRM never knew, by week"),
        _("The share of booked orders behind which no deal of the CRM stands."),
        _("no order"),
        found,
    )


def _draw(title: str, description: str, nothing: str, found: Booked) -> Chart:
    groups = [group for group in found.groups if not group.why and group.starts is None][:MOST_ROWS]
    whys = {"": nothing, "too_few": _("withheld: fewer than five people")}
    empty = {
        (row, column): whys.get(week.why, _("withheld: it would give a small team away"))
        for row, group in enumerate(groups)
        for column, week in enumerate(group.weeks, start=1)
        if not week.booked
    }
    return heatmap(
        title,
        description,
        row_heading=_("Team"),
        row_labels=[name_group(group) for group in groups],
        column_labels=list(found.mondays),
        values=[[week.share for week in group.weeks] for group in groups],
        kind="share",
        notes=empty,
    )


def say_register(rows: Sequence[BypassRow]) -> str:
    """How many ways round the CRM there are, and how many of them are not closed."""
    if not rows:
        return _("No way round the CRM is written down yet.")
    still = sum(row.state != "closed" for row in rows)
    known = _n("One way round the CRM is known", "%(num)d ways round the CRM are known", len(rows))
    left = _n("one is not closed.", "%(num)d are not closed.", still)
    return f"{known}; {left}"


def say_count(row: BypassRow) -> str:
    """How much a bypass is still used, with its days."""
    if row.count is None:
        return _("not counted yet")
    if row.first_day is not None:
        return _("%(n)s, %(first)s to %(last)s", n=number(row.count), first=day(row.first_day), last=day(row.day))
    return _("%(n)s, noted on %(day)s", n=number(row.count), day=day(row.day))


def say_looks(found: Sequence[Looks]) -> str:
    """Whether anybody's views or exports stand out."""
    people = {person_id for looks in found for person_id, _one in looks.people}
    if not found:
        return _("Nothing is known yet of views and exports.")
    if not people:
        return _("Nobody's views or exports stand out against colleagues.")
    return _n("One person's views or exports stand out.", "Views or exports of %(num)d people stand out.", len(people))


def say_person(looks: Looks, one: UnusualUser) -> str:
    """What stands out about somebody: k of n days, the highest of them, colleagues' usual day, the limit."""
    said = {"k": number(one.k), "n": number(one.n), "top": number(one.top.count), "day": day(one.top.day)}
    usual, limit = number(one.usual.middle, 0), number(one.usual.limit, 0)
    if one.usual.is_of_all:
        return _(
            "On %(k)s of %(n)s days above the limit of %(limit)s, the most on %(day)s: %(top)s; everybody's usual day: "
            "%(usual)s (too few with the same function).",
            usual=usual, limit=limit, **said,
        )  # fmt: skip
    return _(
        "On %(k)s of %(n)s days above the limit of %(limit)s, the most on %(day)s: %(top)s; a usual day of colleagues: "
        "%(usual)s.",
        usual=usual, limit=limit, **said,
    )  # fmt: skip


def name_role(usual: Usual) -> str:
    """A function's name."""
    return name_function(usual.role)


def name_person(rollout_id: int, person_id: int) -> str:
    """Somebody under their pseudonym."""
    return pseudonym(current_app.config["SECRET_KEY"], rollout_id, person_id)
