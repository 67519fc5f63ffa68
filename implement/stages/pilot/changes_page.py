"""Changes of the system and conflicts of tasks in sentences."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from implement.engine.task_load import compare_loads
from implement.stages.pilot.service.changes import STATES, Owners
from implement.stages.pilot.service.conflicts.loads import NO_USAGE, NOT_YOURS, TOO_FEW, UNKNOWN, Loads, PartyLoad
from implement.stages.pilot.service.conflicts.register import Party, parties
from implement.stages.pilot.tables.changes import ChangeRequest, TaskConflict
from implement.web.roles import name_function
from implement.web.texts import _, _n, day, lazy, number

STATE_LABELS = {
    "asked": ("watch", STATES["asked"]),
    "accepted": ("neutral", STATES["accepted"]),
    "refused": ("neutral", STATES["refused"]),
    "done": ("good", STATES["done"]),
}
REASONS = {
    UNKNOWN: lazy("This side is not known yet."),
    TOO_FEW: lazy("Fewer than five people: their load is not shown."),
    NOT_YOURS: lazy("You see figures of teams here, not of single people."),
    NO_USAGE: lazy("Nothing is known of use yet."),
}


def say_news(news: Sequence[ChangeRequest]) -> str:
    """What has changed for the reader."""
    if not news:
        return _("Nothing new for you since you last looked.")
    return _n("One thing has changed for you.", "%(num)d things have changed for you.", len(news))


def say_backlog(rows: Sequence[ChangeRequest]) -> str:
    """How many wishes wait."""
    waiting = sum(row.state == "asked" for row in rows)
    if not waiting:
        return _("No wish waits for a decision.")
    return _n("One wish waits for a decision.", "%(num)d wishes wait for a decision.", waiting)


def say_owners(found: Owners) -> str:
    """Who owns the system and its changes."""
    if not found.owner:
        return _("Nobody owns the system and its changes yet.")
    if not found.deputy:
        return _("%(owner)s owns the system and its changes; there is no deputy.", owner=found.owner)
    return _("%(owner)s owns the system and its changes, deputy is %(deputy)s.", owner=found.owner, deputy=found.deputy)


def say_told(row: ChangeRequest, teams: Mapping[int, str]) -> str:
    """Whom a change concerns."""
    parts = [name_function(row.for_role) if row.for_role else "", teams.get(row.for_team_id or 0, "")]
    return ", ".join(part for part in parts if part) or _("everybody")


def say_conflicts(rows: Sequence[TaskConflict]) -> str:
    """How many conflicts wait for a decision."""
    left = [row for row in rows if row.decided_at is None]
    if not rows:
        return _("No conflict about who does what is written down.")
    if not left:
        return _("Every conflict is decided.")
    due = day(left[0].due)
    return _n("One conflict waits for a decision, until %(day)s.",
              "%(num)d conflicts wait for a decision, the first until %(day)s.", len(left), day=due)  # fmt: skip


def say_repeats(count: int) -> str:
    """That the same sides have fallen out over the same function before."""
    return _("the same two sides: %(count)s times", count=number(count))


def name_party(one: Party, names: Mapping[str, str]) -> str:
    """A side by its name, or that it is not known."""
    return names.get(one.key, "") if one.id is not None else _("not known yet")


def name_sides(row: TaskConflict, names: Mapping[str, str]) -> str:
    """Both sides."""
    first, other = (name_party(one, names) for one in parties(row))
    return f"{first} ↔ {other}"


def say_loads(found: Loads) -> str:
    """Which side carries more, per working day of one person."""
    first, other = found.first.load, found.other.load
    if first is None or other is None:
        return _("The loads of both sides cannot be set side by side.")
    ratio = compare_loads(first, other)
    if ratio is None:
        return _("One side made no entry in these weeks.")
    if round(ratio, 1) == 1:
        return _("Both sides make as many entries a day and person.")
    heavier = found.first if (first.entries_a_day or 0) > (other.entries_a_day or 0) else found.other
    side = _("one side") if heavier is found.first else _("the other side")
    return _("Per person and working day %(side)s makes %(ratio)s times as many entries.", side=side,
             ratio=number(ratio, 1))  # fmt: skip


def list_figures(side: PartyLoad) -> list[tuple[str, str]]:
    """The figures of one side, each with its words."""
    load = side.load
    if load is None:
        return []
    minutes = load.minutes_a_day
    return [
        (_("People"), number(load.people)),
        (_("Working days they were there"), number(load.days)),
        (_("Open tasks a person"), _number(load.tasks_a_person)),
        (_("Entries a person and day"), _number(load.entries_a_day)),
        (_("Minutes of typing a day, as planned"), _("not known") if minutes is None else number(minutes, 0)),
    ]


def _number(value: Fraction | None) -> str:
    return "–" if value is None else number(value, 1)
