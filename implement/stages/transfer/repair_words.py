"""What the room says of repair files: their kinds, why something is in none, and the README that goes with them."""

from collections.abc import Mapping

from implement.engine.repair import Repair
from implement.engine.repair.files import count_guarded, name_tables
from implement.web.texts import _, _n, lazy, number

KIND_LABELS = {
    "insert": lazy("new records"),
    "update": lazy("records to change"),
    "delete": lazy("records to remove"),
}
REASON_LABELS = {
    "parent_missing": lazy("What they refer to is not in the CRM yet: import that first, export, run again, and make"
                           " the repair files once more."),
    "with_parent": lazy("They mend themselves as soon as what they refer to is imported."),
    "key_not_unique": lazy("Their key names more than one record in the CRM; repair them by hand."),
    "key_itself": lazy("The key itself is wrong, so no import can find the record; repair them by hand."),
    "no_key": lazy("The record in the CRM has no key; repair them by hand."),
    "no_counterpart": lazy("A whole column or table has no counterpart; choose one in the mapping."),
    "not_writable": lazy("The value cannot be written the way the CRM writes that column; repair them by hand."),
}  # fmt: skip


def say_contents(inserts: int, updates: int, deletes: int) -> str:
    """The first line of a repair."""
    if not inserts + updates + deletes:
        return _("Nothing can be put into files.")
    known = {"inserts": number(inserts), "updates": number(updates), "deletes": number(deletes)}
    return _("New: %(inserts)s records, to change: %(updates)s, to remove: %(deletes)s.", **known)


def write_readme(repair: Repair, *, run_number: int) -> list[str]:
    """The README in the reader's language: order of import, counts, what is in no file and why."""
    lines = [_("Repair of the transfer after run %(number)s", number=run_number), "", _("Import in this order:")]
    for name, table in name_tables("import", repair.tables):
        said = f"  {name}.csv: {table.target}, {KIND_LABELS[table.kind]}: {number(table.count)}"
        key = _("found by %(columns)s", columns=", ".join(table.key)) if table.key else ""
        lines.append(", ".join(part for part in (said, key) if part))
    if not repair.tables:
        lines.append("  " + _("Nothing can be put into files."))
    lines += ["", _("An empty cell means: empty it. Cells of a change that need no repair hold what the CRM held.")]
    lines += [_("The files in undo take the import back, in their order.")] if repair.undo else []
    lines += _say_guarded(count_guarded(repair.tables))
    left = repair.count_left_out()
    lines += ["", _("In no file (see left-out.csv):")] if left else []
    return [*lines, *(f"  {say_left_out(*key, count)}" for key, count in left.items())]


def _say_guarded(cells: int) -> list[str]:
    if not cells:
        return []
    return [
        _n(
            "%(n)s cell of the CSV files begins with an apostrophe, so that no spreadsheet runs it as a formula; the"
            " Excel file holds it without.",
            "%(n)s cells of the CSV files begin with an apostrophe, so that no spreadsheet runs them as a formula; the"
            " Excel file holds them without.",
            cells,
            n=number(cells),
        )
    ]


def say_left_out(reason: str, table: str, parent: str, count: int) -> str:
    """How many findings of a table are in no file, and why."""
    said: Mapping[str, object] = {"table": table, "n": number(count)}
    head = _n("%(table)s: %(n)s finding.", "%(table)s: %(n)s findings.", count, **said)
    first = " " + _("Import first: %(table)s.", table=parent) if parent else ""
    return f"{head} {REASON_LABELS[reason]}{first}"
