"""What rooms register with the hall: measures, next steps, report sections, remedies; the hall asks without knowing
the rooms.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from flask import Flask, current_app
from flask_babel.speaklater import LazyString

from implement.engine.document import Block
from implement.rollout.order_logs import OrderLog
from implement.rollout.remedy_carriers import RemedyCarrier
from implement.rollout.service.retention import Held, RetentionClass
from implement.rollout.side_rows import SideRow
from implement.rollout.stages import Stage
from implement.store import Store
from implement.web.access import Standing
from implement.web.charts import Chart


@dataclass(frozen=True)
class Measure:
    """A figure a room can state: value of n rows over a period, and where the rows behind it are shown."""

    value: Fraction
    n: int
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class Withheld:
    """There is a figure, but so few people stand behind it that it may not be said."""


@dataclass(frozen=True)
class MeasureKind:
    """A registered measure: its name, what it says, its unit (count or share), the room's function that reads it, and
    its page.

    The function answers from stored summaries in a query or two, for every page shows the rail; it takes rollout, wave
    and day.
    """

    name: str
    label: LazyString
    unit: str
    compute: Callable[[int, int | None, date], Measure | Withheld | None]
    endpoint: str | None = None


@dataclass(frozen=True)
class ComparedFigure:
    """A figure of each person before and after a day, for a comparison of teams; never shown of one person.

    `compute` takes rollout, the first day, the day from which on is after, and the last day; it gives levels by person,
    None for a side of which too little is known. The unit is share or count.
    """

    name: str
    label: LazyString
    unit: str
    compute: Callable[[int, date, date, date], Mapping[int, tuple[float | None, float | None]]]


@dataclass(frozen=True)
class NextStep:
    """Something a person should do next; what is due soon stands first, the rest is ordered by `weight`."""

    text: LazyString | str
    url: str
    weight: int
    due: date | None = None


@dataclass(frozen=True)
class ReportSection:
    """A part of the rollout's report: a title and a template with the values it is filled with."""

    stage: Stage
    position: int
    title: LazyString
    template: str
    gather: Callable[[int, int | None, date], dict[str, object] | None]


@dataclass(frozen=True)
class TermsSection:
    """A chapter of the terms of reference: its place, a key that stays, a title, what it says (None: nothing)."""

    position: int
    key: str
    title: LazyString
    gather: Callable[[int, date], Sequence[Block] | None]


@dataclass(frozen=True)
class WeekFigure:
    """A figure of a team's last week as the weekly meeting shows it: what it is, its value in words, its page."""

    label: LazyString | str
    value: str
    url: str = ""


@dataclass(frozen=True)
class Measured:
    """Something that is measured or kept about people, as the council reads it: what for, who sees it.

    `kinds` are the classes in which it is kept; `hold` finds what is held beside them.
    """

    key: str
    label: LazyString
    purpose: LazyString
    seen_by: LazyString
    kinds: tuple[str, ...] = ()
    hold: Callable[[int], Held] | None = None


@dataclass(frozen=True)
class HallCard:
    """What a room shows in the hall: a sentence, perhaps a picture, and the way into the room."""

    title: LazyString | str
    sentence: LazyString | str
    url: str
    picture: Chart | None = None


@dataclass(frozen=True)
class RolePageCard:
    """What a room shows on the page of a role (a head's morning, a salesperson's month): an answer in a sentence, the
    things to act on with their addresses, the way into the room; the heaviest stands first. One that is `urgent` is
    counted in the first line of the page.
    """

    title: LazyString | str
    sentence: LazyString | str
    url: str
    weight: int
    things: Sequence[tuple[LazyString | str, str]] = ()
    urgent: bool = False


@dataclass(frozen=True)
class FindingWay:
    """Where a finding is worked on: a sentence and an address; with `fields` a button posts them to begin the work."""

    text: LazyString | str
    url: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RequirementTest:
    """A test that shows whether a requirement is met: what is tried, how it went (good, watch, bad), its page."""

    text: LazyString | str
    tone: str
    word: LazyString | str
    url: str


@dataclass(frozen=True)
class Room:
    """A room on the rail: its stage, or its name in the control wing, its label and the endpoint of its first page.

    A quiet one stands in the second row: it belongs to the hall and is of use in every stage.
    """

    key: str
    label: LazyString
    endpoint: str
    stage: Stage | None = None
    is_quiet: bool = False


@dataclass
class Registries:
    """All that the rooms of one application registered."""

    rooms: list[Room] = field(default_factory=list)
    measures: dict[str, MeasureKind] = field(default_factory=dict)
    lessons: list[Callable[[int], Sequence[tuple[str, str]]]] = field(default_factory=list)
    """What rooms have learnt that a later wave inherits: a sentence and its page."""

    compared_figures: list[ComparedFigure] = field(default_factory=list)
    """Figures by which teams that work with the CRM are held against teams that do not yet."""

    next_steps: list[Callable[[Standing, int, date], list[NextStep]]] = field(default_factory=list)
    hall_cards: list[Callable[[Standing, date], HallCard | None]] = field(default_factory=list)
    morning_cards: list[Callable[[Standing, int, datetime], RolePageCard | None]] = field(default_factory=list)
    """What a head has to do in the next fifteen minutes; handed standing, account and the instant."""
    month_cards: list[Callable[[Standing, int, datetime], RolePageCard | None]] = field(default_factory=list)
    """What a salesperson's month is about, of somebody on the staff; handed standing, account and the instant."""
    report_sections: list[ReportSection] = field(default_factory=list)
    terms_sections: list[TermsSection] = field(default_factory=list)
    """The chapters of the terms of reference; each room adds its own."""

    first_deals: list[Callable[[int, Store], tuple[date, Mapping[int, date]] | None]] = field(default_factory=list)
    """Since when rooms know of deals, and by person the day on which their first one ended."""
    order_logs: list[OrderLog] = field(default_factory=list)
    """Where the clocks of an order's chain learn of what happens in the CRM (M76–M82)."""
    week_figures: list[Callable[[int, int, date], list[WeekFigure]]] = field(default_factory=list)
    """What rooms know of a team's week; handed rollout, team and the Monday of that week."""
    side_rows: list[SideRow] = field(default_factory=list)
    """What stands side by side per team and week and is never summed (M128)."""

    task_pages: dict[str, Callable[[int, int], str]] = field(default_factory=dict)
    """Where a task is worked on that belongs to a thing of a room: by the first part of its subject, `thing:id`."""
    remedies: dict[str, RemedyCarrier] = field(default_factory=dict)
    """Rooms that carry remedies of a way out, by the way (M25–M29); a remedy of another way is a task with an owner."""

    finding_ways: list[Callable[[Standing, Sequence[str]], Mapping[str, FindingWay]]] = field(default_factory=list)
    """What a later room makes of findings of the audit, asked for all keys of a page at once."""

    requirement_tests: list[Callable[[int], Mapping[int, Sequence[RequirementTest]]]] = field(default_factory=list)
    """The tests that a later room makes of the requirements of a rollout, by requirement."""

    frozen_days: list[Callable[[int], date | None]] = field(default_factory=list)
    """Until which day a later room has frozen what people did: nothing is entered late up to then."""

    kept_classes: list[RetentionClass] = field(default_factory=list)
    """What is kept about people, by class, with the period after which it is deleted."""

    measured: list[Measured] = field(default_factory=list)
    """Everything that is measured about people; each kept class belongs to one of these."""

    action_labels: dict[str, LazyString] = field(default_factory=dict)
    """What the log says was done, by the program's own name of it."""

    subject_labels: dict[str, LazyString] = field(default_factory=dict)
    """What it was done to, by the part of the program's own name before the colon (`task:7`)."""

    def add_action_labels(self, labels: Mapping[str, LazyString]) -> None:
        """Say what a room's writes are called; a name that two rooms write is said by the one that opens first."""
        _add_labels(self.action_labels, labels)

    def add_subject_labels(self, labels: Mapping[str, LazyString]) -> None:
        """Say what the things are called that a room writes of, likewise."""
        _add_labels(self.subject_labels, labels)

    def find_kept_class(self, kind: str) -> RetentionClass | None:
        """A class by its kind."""
        return next((one for one in self.kept_classes if one.kind == kind), None)

    def find_finding_ways(self, standing: Standing, keys: Sequence[str]) -> dict[str, list[FindingWay]]:
        """By finding, what the rooms make of it."""
        asked = [ask(standing, keys) for ask in self.finding_ways]
        return {key: [ways[key] for ways in asked if key in ways] for key in keys}

    def find_requirement_tests(self, rollout_id: int) -> dict[int, list[RequirementTest]]:
        """By requirement, every test that the rooms make of it."""
        found: dict[int, list[RequirementTest]] = {}
        for ask in self.requirement_tests:
            for requirement_id, tests in ask(rollout_id).items():
                found.setdefault(requirement_id, []).extend(tests)
        return found

    def add_measure(self, kind: MeasureKind) -> None:
        """Register a measure; a name is taken once."""
        if kind.name in self.measures:
            raise ValueError(f"measure {kind.name} is registered twice")
        self.measures[kind.name] = kind


def init_app(app: Flask) -> Registries:
    """Give the application its empty registries."""
    registries = Registries()
    app.extensions["implement_registries"] = registries
    return registries


def registries() -> Registries:
    """The registries of the application at hand."""
    found: Registries = current_app.extensions["implement_registries"]
    return found


def _add_labels(known: dict[str, LazyString], labels: Mapping[str, LazyString]) -> None:
    if twice := labels.keys() & known.keys():
        raise ValueError(f"{sorted(twice)} are labelled twice")
    known.update(labels)
