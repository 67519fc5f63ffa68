"""Read a staff list into people, with every fault by row and column; nothing is guessed and nothing is half read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from implement.engine.exchange.workforce import Row, RowReader, plain_user, read_weekdays

LONGEST_TEXT = 200

STAFF_FAULT_TEXTS = {
    "name_missing": "The name is missing.",
    "no_name_column": "No column with names is chosen.",
    "number_twice": "{0} stands here a second time.",
    "crm_user_twice": "The CRM user {0} stands here a second time.",
    "day_unreadable": "{0} is not a day.",
    "number_unreadable": "{0} is not a number.",
    "left_before_hired": "Left on {0}, before being hired.",
    "too_long": "The text is longer than 200 characters.",
    "no_rows": "The table has no rows.",
    "fte_out_of_range": "{0} is not a share of full time between 0 and 1.",
}


@dataclass(frozen=True)
class StaffFault:
    """What cannot be taken over: row (1-based, header not counted), column as the file names it, reason."""

    row: int | None
    column: str | None
    code: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class StaffRow:
    """One person as the list states it; `head` is the number of a row; `is_added` marks heads only named."""

    row: int
    number: str
    name: str
    email: str
    crm_user: str
    role: str
    team: str
    head: str
    wave: str
    fte: float
    work_days: str
    hired: date | None
    left: date | None
    is_added: bool = False


@dataclass(frozen=True)
class StaffList:
    """The people of a list and all its faults; it may only be taken over when there are none."""

    people: tuple[StaffRow, ...]
    faults: tuple[StaffFault, ...]


def read_staff(rows: Sequence[Row], columns: Mapping[str, str]) -> StaffList:
    """Read rows (column → text) by the chosen columns (field → column); all faults are collected."""
    if not rows:
        return StaffList((), (StaffFault(None, None, "no_rows"),))
    if "name" not in columns and not {"first_name", "last_name"} <= set(columns):
        return StaffList((), (StaffFault(None, None, "no_name_column"),))
    renamed: list[Row] = [{field: row.get(column) for field, column in columns.items()} for row in rows]
    reader = RowReader("", dict(columns), renamed)
    people = [_read_row(reader, number, row) for number, row in enumerate(renamed, start=1)]
    found = [StaffFault(f.row, f.column, f.code, f.values) for f in reader.faults]
    found += _find_twins(people, columns)
    faults = tuple(sorted(found, key=lambda fault: (fault.row or 0, fault.column or "", fault.code)))
    return StaffList(tuple(_add_heads(people)), faults)


def _read_row(reader: RowReader, number: int, row: Row) -> StaffRow:
    fields = ("email", "role", "team", "head", "wave")
    words = {field: _read_text(reader, number, row, field) for field in fields}
    name = _read_text(reader, number, row, "name")
    if not name:
        parts = (_read_text(reader, number, row, "first_name"), _read_text(reader, number, row, "last_name"))
        name = " ".join(part for part in parts if part)
    if not name:
        reader.report(number, "name", "name_missing")
    hired, left = reader.day(number, row, "hired"), reader.day(number, row, "left")
    if hired and left and left < hired:
        reader.report(number, "left", "left_before_hired", left.isoformat())
    crm_user = plain_user(reader.text(row, "crm_user"))
    given = plain_user(reader.text(row, "number")) or words["email"] or crm_user or name
    weekdays = read_weekdays(reader.text(row, "work_days")) or frozenset(range(1, 6))
    return StaffRow(
        row=number,
        number=given[:LONGEST_TEXT],
        name=name,
        email=words["email"],
        crm_user=crm_user or given,
        role=words["role"],
        team=words["team"],
        head=words["head"],
        wave=words["wave"],
        fte=_read_fte(reader, number, row),
        work_days="".join(map(str, sorted(weekdays))),
        hired=hired,
        left=left,
    )


def _read_text(reader: RowReader, number: int, row: Row, field: str) -> str:
    text = " ".join((reader.text(row, field) or "").split())
    if len(text) > LONGEST_TEXT:
        reader.report(number, field, "too_long")
    return text


def _read_fte(reader: RowReader, number: int, row: Row) -> float:
    text = reader.text(row, "fte")
    if text is None:
        return 1.0
    plain = text.rstrip(" %").replace(",", ".")
    if not plain.replace(".", "", 1).isdecimal():
        reader.report(number, "fte", "number_unreadable", text)
        return 1.0
    share = float(plain) / 100 if float(plain) > 2 else float(plain)
    if not 0 < share <= 1:
        reader.report(number, "fte", "fte_out_of_range", text)
    return share


def _find_twins(people: list[StaffRow], columns: Mapping[str, str]) -> list[StaffFault]:
    faults, numbers, users = [], set[str](), set[str]()
    for person in people:
        if person.number in numbers:
            faults.append(StaffFault(person.row, columns.get("number"), "number_twice", (person.number,)))
        elif person.crm_user in users:
            faults.append(StaffFault(person.row, columns.get("crm_user"), "crm_user_twice", (person.crm_user,)))
        numbers.add(person.number)
        users.add(person.crm_user)
    return faults


def _add_heads(people: list[StaffRow]) -> list[StaffRow]:
    """Heads who are named but not listed become people of their team; every head is then told by number."""
    known = _numbers_by_any_name(people)
    added: dict[str, StaffRow] = {}
    for person in people:
        word = person.head.casefold()
        if word and word not in known and word not in added:
            added[word] = _head_row(person)
    numbers = known | {word: row.number for word, row in added.items()}
    return [replace(row, head=numbers.get(row.head.casefold(), "")) for row in (*people, *added.values())]


def _head_row(person: StaffRow) -> StaffRow:
    head = replace(person, number=person.head, name=person.head, crm_user=person.head, head="", email="", role="")
    return replace(head, fte=1.0, work_days="12345", hired=None, left=None, is_added=True)


def _numbers_by_any_name(people: list[StaffRow]) -> dict[str, str]:
    """A head may be named by name, mail, CRM user or number; the number wins where they clash."""
    known: dict[str, str] = {}
    for field in ("name", "email", "crm_user", "number"):
        known |= {str(getattr(person, field)).casefold(): person.number for person in people if getattr(person, field)}
    return known
