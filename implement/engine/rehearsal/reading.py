"""Runs of orders from a file: one row says that an order came, or that a step of it was done, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from implement.engine.rehearsal.clocks import ChainStep, OrderRun

COLUMNS = {
    "order": ("order", "order_id", "auftrag", "zlecenie", "zamówienie", "заказ"),
    "step": ("step", "schritt", "krok", "etap", "шаг", "этап"),
    "at": ("at", "time", "ts", "zeit", "zeitpunkt", "czas", "время"),
}
USER = ("user", "benutzer", "użytkownik", "пользователь")
"""May be there: who did it, as the firm's staff list knows them."""
BEGUN = frozenset(("", "0", "request", "anfrage", "zapytanie", "заявка"))
FORMS = ("%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S")


@dataclass(frozen=True)
class RunFault:
    """A row that cannot be read: its number (the heading is row 1), the column, a code for the reason, what stood
    there.
    """

    row: int
    column: str
    code: str
    value: str


def read_runs(
    rows: Sequence[Mapping[str, str | None]], steps: Sequence[ChainStep], timezone: str
) -> tuple[list[OrderRun], list[RunFault]]:
    """Read all rows and find all faults; a step is named by its number from 1 or by its title.

    Times without an offset are local to the firm. A step that is told twice was done when it was told first.
    """
    header = list(rows[0]) if rows else []
    columns = {ours: _find_column(header, names) for ours, names in COLUMNS.items()}
    missing = [RunFault(1, ours, "no_column", "") for ours, found in columns.items() if found is None]
    if missing:
        return [], missing
    user_column = _find_column(header, USER)
    users: dict[str, dict[int, str]] = {}
    faults: list[RunFault] = []
    begun: dict[str, datetime] = {}
    done: dict[str, dict[int, datetime]] = {}
    places = _name_places(steps)
    for number, row in enumerate(rows, start=2):
        said = {ours: (row[str(theirs)] or "").strip() for ours, theirs in columns.items()}
        found = _read_row(number, said, places, ZoneInfo(timezone), faults)
        if found is None:
            continue
        place, at = found
        if place is None:
            begun[said["order"]] = min(at, begun.get(said["order"], at))
        else:
            known = done.setdefault(said["order"], {})
            known[place] = min(at, known.get(place, at))
            users.setdefault(said["order"], {})[place] = (row[user_column] or "").strip() if user_column else ""
    faults += [RunFault(1, "order", "no_beginning", order) for order in done if order not in begun]
    return [OrderRun(order, at, done.get(order, {}), users.get(order, {})) for order, at in begun.items()], faults


def _read_row(
    number: int, said: Mapping[str, str], places: Mapping[str, int], zone: ZoneInfo, faults: list[RunFault]
) -> tuple[int | None, datetime] | None:
    step, at = said["step"].casefold(), _read_instant(said["at"], zone)
    if not said["order"]:
        faults.append(RunFault(number, "order", "empty", ""))
    if step not in BEGUN and step not in places:
        faults.append(RunFault(number, "step", "no_such_step", said["step"]))
    if at is None:
        faults.append(RunFault(number, "at", "no_instant", said["at"]))
    if not said["order"] or at is None or (step not in BEGUN and step not in places):
        return None
    return places.get(step), at


def _read_instant(text: str, zone: ZoneInfo) -> datetime | None:
    found = _read_iso(text) or next(filter(None, (_read_form(text, form) for form in FORMS)), None)
    return None if found is None else (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def _read_iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _read_form(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)  # noqa: DTZ007
    except ValueError:
        return None


def _find_column(header: Sequence[str], names: Sequence[str]) -> str | None:
    return next((column for column in header if column.strip().casefold() in names), None)


def _name_places(steps: Sequence[ChainStep]) -> dict[str, int]:
    numbered = {str(place): place - 1 for place in range(1, len(steps) + 1)}
    return numbered | {step.title.strip().casefold(): place for place, step in enumerate(steps)}
