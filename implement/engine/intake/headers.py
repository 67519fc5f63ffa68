"""Find the header among the first rows and give every column a name of its own."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from implement.engine.intake.tables import ROW

Row = Sequence[str]
SEARCHED_ROWS = 40


@dataclass(frozen=True)
class Renamed:
    """A header cell that could not stay as found: which column, what stood there, what it is called now."""

    position: int
    found: str
    name: str

    @property
    def code(self) -> str:
        """Whether the name was missing or taken."""
        return "header_repeated" if self.found else "header_blank"


def find_header(rows: Sequence[Row]) -> int | None:
    """Say which of the first rows is the header: the first that is as full as the table is wide.

    Title lines above it have cells in less than half of the columns.
    """
    width = usual_width(rows)
    needed = 1 if width <= 1 else max(2, (width + 1) // 2)
    for number, row in enumerate(rows[:SEARCHED_ROWS]):
        if filled(row) >= needed:
            return number
    return 0 if rows and filled(rows[0]) else None


def usual_width(rows: Sequence[Row]) -> int:
    """How many cells most rows reach, the trailing empty ones left out where all leave them empty."""
    widths = Counter(reach(row) for row in rows if filled(row))
    if not widths:
        return 0
    most = max(widths.values())
    return max(width for width, times in widths.items() if times * 3 >= most)


def filled(row: Row) -> int:
    """How many cells hold something."""
    return sum(1 for cell in row if cell.strip())


def name_columns(cells: Row) -> tuple[tuple[str, ...], list[Renamed]]:
    """Trim the header cells and make them unique, capitals and small letters being the same."""
    names: list[str] = []
    renamed: list[Renamed] = []
    taken = {ROW}
    own = {tidy_name(cell).casefold() for cell in cells}
    for position, cell in enumerate(cells, start=1):
        found = tidy_name(cell)
        name = found or f"column_{position}"
        if name.casefold() in taken or (not found and name in own):
            name = _free_name(name, taken | own)
        if name != found:
            renamed.append(Renamed(position, found, name))
        taken.add(name.casefold())
        names.append(name)
    return tuple(names), renamed


def tidy_name(cell: str) -> str:
    """A header cell without byte-order mark, NUL and outer or doubled white space."""
    return " ".join(cell.replace("\ufeff", "").replace("\0", "").split())


def _free_name(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name}_{number}".casefold() in taken:
        number += 1
    return f"{name}_{number}"


def reach(row: Row) -> int:
    """How many cells a row has, the trailing empty ones left out."""
    width = len(row)
    while width and not row[width - 1].strip():
        width -= 1
    return width
