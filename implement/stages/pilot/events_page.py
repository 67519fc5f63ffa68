"""Which events of the CRM move the clocks of a chain, in words; until when they are known."""

from collections.abc import Sequence

from implement.engine.rehearsal import EventKind
from implement.stages.pilot.forms.chains import EventsForm, make_events_form
from implement.stages.pilot.service import chains
from implement.stages.pilot.service.following import read_kind
from implement.stages.pilot.tables import OrderChain, OrderFollowing, Rehearsal
from implement.web.texts import _, _n, day, instant, lazy

THINGS = {
    "contact": lazy("contacts"), "deal": lazy("deals"), "activity": lazy("activities"), "task": lazy("tasks"),
    "report": lazy("reports"),
}  # fmt: skip
DEEDS = {
    "create": lazy("created"), "update": lazy("changed"), "complete": lazy("completed"), "schedule": lazy("planned"),
    "stage": lazy("moved to another stage"), "assign": lazy("assigned"), "reassign": lazy("handed on"),
}  # fmt: skip

Kinds = Sequence[tuple[EventKind, int]]


def list_choices(chain: OrderChain, kinds: Kinds) -> list[tuple[EventKind, int]]:
    """The kinds in the log, and what was chosen before though the log does not have it (any more)."""
    known = {kind for kind, _records in kinds}
    chosen = [read_kind(chain.told_by), *(read_kind(step.told_by) for step in chains.list_steps(chain))]
    return [*kinds, *((kind, 0) for kind in dict.fromkeys(chosen) if kind and kind not in known)]


def make_form(chain: OrderChain, choices: Kinds, **given: object) -> EventsForm:
    """The form over these choices, filled with what was chosen before."""
    labels = {str(place): say_kind(kind, records) for place, (kind, records) in enumerate(choices)}
    steps, places = chains.list_steps(chain), {kind: str(place) for place, (kind, _records) in enumerate(choices)}
    form = make_events_form(steps, labels, **given)
    if form.is_submitted():
        return form
    chosen: dict[EventKind | None, str] = {None: ""} | {**places}
    return form.fill(chosen[read_kind(chain.told_by)], {step.id: chosen[read_kind(step.told_by)] for step in steps})


def say_kind(kind: EventKind, records: int) -> str:
    """A kind of event, with how many records it tells of."""
    thing, deed = str(THINGS.get(kind.thing, kind.thing)), str(DEEDS.get(kind.deed, kind.deed))
    said = _("%(thing)s: %(deed)s", thing=thing, deed=deed)
    if kind.stage:
        said = _("%(thing)s: now in “%(stage)s”", thing=thing, stage=kind.stage)
    counted = _n("one record", "%(num)d records", records)
    return f"{said} ({counted})"


def say_following(row: Rehearsal, found: OrderFollowing) -> str:
    """Since when orders are followed, and until when events are known."""
    since = _("Orders from %(day)s on, moved by the CRM’s events.", day=day(found.first_day))
    if row.judged_at is None:
        return f"{since} {_('No event is known yet.')}"
    known = _("Events are known until %(until)s; what should have been done later is not judged yet.",
              until=instant(row.judged_at))  # fmt: skip
    ended = _("Ended on %(day)s.", day=day(found.ended_at)) if found.ended_at else ""
    return f"{since} {known} {ended}".strip()
