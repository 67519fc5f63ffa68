"""What a chart is: a picture, its words, and exactly the rows that it draws."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from markupsafe import Markup

Number = int | float | Decimal | Fraction
Value = str | date | Number | None
Place = tuple[int, int]
Places = tuple[tuple[Place, str], ...]


@dataclass(frozen=True)
class ChartColumn:
    """A column of the table behind the picture; kinds are those of listings."""

    label: str
    kind: str = "text"

    @property
    def css_class(self) -> str:
        """How its cells stand: figures right, days unbroken."""
        return {"text": "", "day": "when", "instant": "when"}.get(self.kind, "num")


@dataclass(frozen=True)
class Chart:
    """A picture and the rows it draws; `links` and `notes` are keyed by (row, column) of `rows`."""

    title: str
    description: str
    svg: Markup
    columns: tuple[ChartColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    links: Mapping[Place, str] = field(default_factory=dict)
    notes: Mapping[Place, str] = field(default_factory=dict)


def own_links(links: Mapping[Place, str] | None) -> Places:
    """The links in a fixed order; only paths of this application are let through."""
    found = sorted((links or {}).items())
    for _place, url in found:
        if not url.startswith(("/", "?", "#")) or url.startswith("//"):
            raise ValueError(f"a chart links only inside this application, not to {url!r}")
    return tuple(found)


def fixed(notes: Mapping[Place, str] | None) -> Places:
    """The notes in a fixed order."""
    return tuple(sorted((notes or {}).items()))
