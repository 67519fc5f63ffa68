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
    """A remedy to carry out: for whom (the names under which records know them), by which owner, until when."""

    rollout_id: int
    names: frozenset[str]
    owner_id: int
    due: date
    by: Actor
    now: datetime
    store: Store


@dataclass(frozen=True)
class RemedyCarrier:
    """A room that carries remedies of one way out: what it knows of these names (None: nothing), and how it takes an
    order up.
    """

    find_grounds: Callable[[int, frozenset[str], Store], RemedyGrounds | None]
    take_up: Callable[[RemedyOrder], None]
