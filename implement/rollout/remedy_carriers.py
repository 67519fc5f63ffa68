"""What a room offers that carries out remedies of one way out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel.speaklater import LazyString

from implement.rollout.service.log import Actor
from implement.store import Store


@dataclass(frozen=True)
class RemedyGrounds:
    """What a room knows that speaks for a remedy: a sentence, and things with their addresses ("" without)."""

    sentence: LazyString | str
    things: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class RemedyOrder:
    """A remedy to carry out: for whom (the names under which records know them), by which owner, from when until when,
    and what was chosen of what its room offers ("" for nothing).
    """

    rollout_id: int
    names: frozenset[str]
    owner_id: int
    due: date
    by: Actor
    now: datetime
    store: Store
    remedy_id: int
    starts_on: date
    chosen: str = ""


@dataclass(frozen=True)
class RemedyChoice:
    """What can be chosen when a remedy is started: a question, what nothing means, and the things on offer by key."""

    label: LazyString
    nothing: LazyString
    offer: Callable[[int], Sequence[tuple[str, str]]]


@dataclass(frozen=True)
class RemedyCarrier:
    """A room that carries remedies of one way out: what it knows of these names (None: nothing), how it takes an order
    up; perhaps what is chosen at its start, how far it is (None: nothing to say), and how it is ended before its time.
    """

    find_grounds: Callable[[int, frozenset[str], Store], RemedyGrounds | None]
    take_up: Callable[[RemedyOrder], None]
    choice: RemedyChoice | None = None
    find_state: Callable[[RemedyOrder], RemedyGrounds | None] | None = None
    end: Callable[[RemedyOrder], None] | None = None
