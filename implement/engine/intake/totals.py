"""Lines of totals at the end of a table, which are no records: `Summe;;;123.456,00`.

Such a line says in its first cell that it is one, holds nothing else but numbers, and leaves blank at least half of
what the rows above it fill. A client who is called Total fills a row like any other.
"""

import re
from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

Cells = Sequence[str | None]
_WORDS = "total totals sum summe gesamt gesamtsumme endsumme insgesamt suma razem łącznie ogółem итого всего сумма"
_BESIDE = "grand overall sub of rows records datensätze zeilen und rekordów i записей строк eur usd pln rub chf gbp"
TOTALS = frozenset(_WORDS.split())
BESIDE = TOTALS | frozenset(_BESIDE.split())
_LETTERS = re.compile(r"[^\W\d_]+")
_CURRENCY = re.compile(r"EUR|USD|PLN|RUB|CHF|GBP|zł|руб\.?|€|\$|£|₽|%")
MOST_LINES = 3
LEAST_ABOVE = 3
LOOKED_AT = 200
"""So many rows at the end say what the rows of a table fill."""
GLIMPSE = 20
"""Where no line of totals is among so many rows at the end, there is none."""
USUALLY = 0.95
LEAST_BLANK = 0.5


def count_totals(rows: Sequence[Cells]) -> int:
    """How many of the last rows of a table are lines of totals, given those at its end."""
    count = 0
    while count < MOST_LINES and len(rows) - count > LEAST_ABOVE and _is_line_of_totals(rows[-1 - count]):
        count += 1
    above = rows[: len(rows) - count][-LOOKED_AT:]
    return count if all(_leaves_blank(rows[-1 - place], above) for place in range(count)) else 0


def _is_line_of_totals(row: Cells) -> bool:
    """Say whether the first of its cells is a word for a total, and the others are numbers."""
    first, *others = [cell.strip() for cell in row if cell and cell.strip()] or [""]
    words = set(map(str.lower, _LETTERS.findall(first)))
    if words.isdisjoint(TOTALS) or not words <= BESIDE or not others:
        return False
    return all(_is_number(cell) for cell in others)


def _is_number(cell: str) -> bool:
    bare = _CURRENCY.sub("", cell)
    return any(map(str.isdigit, bare)) and not _LETTERS.search(bare)


def _leaves_blank(row: Cells, above: Sequence[Cells]) -> bool:
    """Say whether a row lacks at least half of what nearly all rows above it hold beside its first cell."""
    first = next(place for place, cell in enumerate(row) if cell and cell.strip())
    usual = [
        place
        for place in range(len(row))
        if place != first and sum(bool(one[place]) for one in above) >= USUALLY * len(above)
    ]
    blank = sum(not (row[place] or "").strip() for place in usual)
    return blank > 0 and blank >= LEAST_BLANK * len(usual)


def but_totals(batches: Iterator[pa.RecordBatch], found: list[int]) -> Iterator[pa.RecordBatch]:
    """The numbered rows of a table as they come, without lines of totals at its end, whose numbers are added."""
    before: pa.RecordBatch | None = None
    held: pa.RecordBatch | None = None
    for batch in batches:
        if held is not None:
            yield held
        before, held = held, batch
    if held is not None:
        found += _find_totals(held, before)
        yield held.filter(pc.less(held.column(0), found[0])) if found else held


def _find_totals(last: pa.RecordBatch, before: pa.RecordBatch | None) -> list[int]:
    """The numbers of the lines of totals at the end of the last rows of a table."""
    if not any(_is_line_of_totals(row[1:]) for row in _tail(last, GLIMPSE)):
        return []
    above = [] if before is None else _tail(before, LOOKED_AT)
    rows = [row for row in above + _tail(last, LOOKED_AT) if any(row[1:])]
    count = min(count_totals([row[1:] for row in rows]), last.num_rows)
    return [row[0] for row in rows[len(rows) - count :]]


def _tail(batch: pa.RecordBatch, rows: int) -> list[tuple[int, *tuple[str | None, ...]]]:
    some = batch.slice(max(0, batch.num_rows - rows))
    return list(zip(*(column.to_pylist() for column in some.columns), strict=True))
