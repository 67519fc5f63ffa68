"""What a column of text turns out to hold (dates, numbers, yes or no, mail, phone, text) and how it is written."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What the values of a column mean."""

    BLANK = "blank"
    DATE = "date"
    TIMESTAMP = "timestamp"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    MAIL = "mail"
    PHONE = "phone"
    TEXT = "text"


@dataclass(frozen=True)
class FormatSettings:
    """When a column counts as dates or numbers, and how two-digit years and offsets from UTC are read."""

    least_share_parsed: float = 0.8
    least_share_of_format: float = 0.002
    first_year_of_1900s: int = 69
    first_look: int = 200
    sample_rows: int = 10_000
    sample_cells: int = 400_000
    examples: int = 3
    to_utc: bool = True


DEFAULT_FORMATS = FormatSettings()


@dataclass(frozen=True)
class ColumnProfile:
    """How one column is written, as far as the sampled rows tell.

    `formats` lists the writings met, commonest first ("D.M.Y", "1.234,56", "excel", "epoch_s"); `ambiguous` those
    that would parse the same values otherwise ("M/D/Y" beside "D/M/Y"). `rows`, `nulls` and `distinct` count the
    sample; `is_plain` says that every sampled value already is its own canonical text, `is_zoned` that times come
    with an offset from UTC. `at_longest` counts the distinct values of the greatest length.
    """

    name: str
    kind: Kind
    formats: tuple[str, ...] = ()
    share_parsed: float = 1.0
    rows: int = 0
    nulls: int = 0
    distinct: int = 0
    ambiguous: tuple[str, ...] = ()
    is_plain: bool = False
    is_zoned: bool = False
    longest: int = 0
    at_longest: int = 0
    examples: tuple[str, ...] = ()

    @property
    def format(self) -> str:
        """The commonest writing, or nothing for plain text."""
        return self.formats[0] if self.formats else ""
