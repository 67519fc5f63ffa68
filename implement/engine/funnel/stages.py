"""The stages of a list of deals: which are open, won or lost, and in which order; proposed, a person confirms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from implement.engine.formats import ColumnProfile
from implement.engine.funnel.words import WAYS, rung_of, speaks_of_a_win, speaks_of_loss


class State(StrEnum):
    """What a stage says of a deal; deals of a stage that is left out count nowhere but there."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"
    LEFT_OUT = "left_out"

    @property
    def code(self) -> int:
        """How tables write it: a small number costs a fifth of what the word does."""
        return CODES[self]


SHARE_OF_FOOTERS = 0.05
CODES = {State.LEFT_OUT: 0, State.OPEN: 1, State.WON: 2, State.LOST: 3}


@dataclass(frozen=True)
class Stage:
    """A stage by its name in the list; open ones have a place from 1, and perhaps a norm in days."""

    name: str
    state: State
    place: int = 0
    norm_days: int | None = None


@dataclass(frozen=True)
class ListPlan:
    """How a list is read: columns by what they say, stages, the day of the list, the writing of its columns.

    `lost_in` is the stage to which lost deals are counted that name none; empty: it is not known. `currency` is that of
    amounts that name none; `is_marked` says that some name theirs in the cell; `nothing` are words in the place
    of a day or an amount that say there is none.
    """

    columns: Mapping[str, str]
    stages: tuple[Stage, ...]
    as_of: date
    profiles: Mapping[str, ColumnProfile] = field(default_factory=dict)
    lost_in: str = ""
    currency: str = ""
    is_marked: bool = False
    nothing: frozenset[str] = frozenset()

    def has(self, name: str) -> bool:
        """True when the list says this of a deal."""
        return bool(self.columns.get(name))

    @property
    def names_currency(self) -> bool:
        """True when amounts stand in a currency that the list names."""
        return self.has("currency") or self.is_marked or bool(self.currency)

    @property
    def ladder(self) -> list[Stage]:
        """The open stages in their order."""
        found = [stage for stage in self.stages if stage.state is State.OPEN]
        return sorted(found, key=lambda stage: (stage.place, stage.name))

    def of(self, state: State) -> list[Stage]:
        """The stages of one state, by name."""
        return sorted((stage for stage in self.stages if stage.state is state), key=lambda stage: stage.name)


WITHOUT_STAGES = (Stage("open", State.OPEN, 1), Stage("closed", State.WON))
"""Of a list without stages: a deal with a closing day is through, any other is open."""


def propose_stages(counts: Mapping[str, int]) -> tuple[Stage, ...]:
    """Say of each stage whether it is won, lost or open, the open ones along the usual way of a deal.

    Where a name does not tell its rung, the stage that holds more deals comes first, as in a funnel. A few rows without
    a stage are sums and lines at the foot of an export.
    """
    states = {name: _state_of(name) for name in counts}
    if 0 < counts.get("", 0) < SHARE_OF_FOOTERS * sum(counts.values()):
        states[""] = State.LEFT_OUT
    opened = [name for name, state in states.items() if state is State.OPEN]
    places = {name: place for place, name in enumerate(_along_the_way(opened, counts), start=1)}
    return tuple(Stage(name, states[name], places.get(name, 0)) for name in sorted(counts))


def number_stages(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    """Give the open stages places from 1 without gaps, in the order somebody wished."""
    listed = sorted(stages, key=lambda stage: stage.name)
    ordered = sorted((one for one in listed if one.state is State.OPEN), key=lambda one: (one.place, one.name))
    places = {stage.name: place for place, stage in enumerate(ordered, start=1)}
    return tuple(Stage(one.name, one.state, places.get(one.name, 0), one.norm_days) for one in listed)


def _state_of(name: str) -> State:
    if speaks_of_loss(name):
        return State.LOST
    return State.WON if speaks_of_a_win(name) else State.OPEN


def _along_the_way(names: Sequence[str], counts: Mapping[str, int]) -> list[str]:
    numbered = [name for name in names if name[:1].isdigit()]
    if len(numbered) == len(names):
        return sorted(names, key=lambda name: (int("".join(c for c in name.split()[0] if c.isdecimal()) or 0), name))
    way = next((way for way in WAYS if {name.lower() for name in names} <= set(way)), None)
    if way is not None:
        return sorted(names, key=lambda name: way.index(name.lower()))
    rungs = {name: rung for name in names if (rung := rung_of(name)) is not None}
    middle = len(rungs) and sum(rungs.values()) / len(rungs)
    return sorted(names, key=lambda name: (rungs.get(name, middle), -counts[name], name))
