"""What rooms set side by side per team and week: a row each, never summed (M128)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from flask_babel.speaklater import LazyString

from implement.web.access import Permission


@dataclass(frozen=True)
class SideCell:
    """A team's figure of one week: its value, of how many where it is a count, how many people stand behind it.

    `people` is None where it is about no people, or where the room has withheld what is to be withheld itself.
    """

    value: Fraction | int | None
    of: int | None = None
    people: int | None = None
    url: str = ""
    is_withheld: bool = False


@dataclass(frozen=True)
class SideRow:
    """What a room sets side by side with the others, per team and week: a share or a count, read from Monday to Monday.

    Small groups are withheld by the hall over all teams and weeks at once. `permission` is what the records behind it
    demand.
    """

    key: str
    label: LazyString
    kind: str
    position: int
    permission: Permission
    read: Callable[[int, Sequence[date]], Mapping[tuple[int, date], SideCell]]
