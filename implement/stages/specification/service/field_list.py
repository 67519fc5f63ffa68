"""The field list of the planned CRM, as files and for the rooms that map onto it (M16, M19)."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO, StringIO

import yaml
from xlsxwriter import Workbook

from implement.stages.specification.service.structure import KIND_LABELS, STEP_LABELS, FieldRow, list_fields
from implement.web.texts import _

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
NO_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - so that the same fields give the same bytes
KINDS = ("csv", "xlsx", "yaml")


@dataclass(frozen=True)
class PlannedColumn:
    """A field as later rooms need it: which kind of record, its name, whether it must be filled, and by whom."""

    object: str
    name: str
    kind: str
    is_required: bool
    is_typed: bool


def list_planned_columns(rollout_id: int) -> list[PlannedColumn]:
    """Every planned field; empty before there is a field list."""
    return [
        PlannedColumn(one.object, one.name, one.kind, one.is_required, one.filled_by is not None)
        for one in list_fields(rollout_id)
    ]


def write_field_list(rollout_id: int, kind: str) -> bytes:
    """The field list as CSV, XLSX or YAML, the same bytes for the same fields."""
    fields = list_fields(rollout_id)
    if kind == "yaml":
        return yaml.safe_dump([_plain(one) for one in fields], allow_unicode=True, sort_keys=False).encode()
    rows = [_headings(), *(_words(one) for one in fields)]
    return _write_csv(rows) if kind == "csv" else _write_xlsx(rows)


def _headings() -> list[str]:
    return [
        _("Record"), _("Field"), _("Kind"), _("Required"), _("Filled in by"), _("Read by"), _("Requirement"), _("Step"),
        _("Entries a week"),
    ]  # fmt: skip


def _words(one: FieldRow) -> list[str]:
    """A field in the reader's language."""
    number = f"R{one.requirement_number}" if one.requirement_number else ""
    return [
        one.object, one.name, str(KIND_LABELS[one.kind]), _("yes") if one.is_required else _("no"),
        one.filled_by or _("the CRM itself"), one.read_by, number, str(STEP_LABELS[one.step]), str(one.entries),
    ]  # fmt: skip


def _plain(one: FieldRow) -> dict[str, object]:
    """A field in words that programs read."""
    return {
        "object": one.object,
        "field": one.name,
        "kind": one.kind,
        "required": one.is_required,
        "filled_by": one.filled_by or "crm",
        "read_by": one.read_by,
        "requirement": one.requirement_number,
        "step": one.step,
        "entries_a_week": one.entries,
    }


def _write_csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([_defuse(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _write_xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    """Strings only, so that nothing typed into a field's name becomes a formula."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": NO_DAY})
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell, bold if row == 0 else None)
        sheet.autofit()
    return file.getvalue()


def _defuse(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
