"""One record side by side: what the old system held, what the CRM holds, where they differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from implement.engine.mapping import ColumnMapping
from implement.stages.transfer.service.findings import Row, get_finding, list_findings_of_record
from implement.stages.transfer.service.records import Record, read_record
from implement.stages.transfer.tables import TransferRun
from implement.store import Store

LONGEST_COMPARED = 2_000
Piece = tuple[str, bool]


@dataclass(frozen=True)
class FieldLine:
    """One field on both sides, cut into pieces that are equal or different (True); `fates` are its findings."""

    source: str
    target: str
    before: list[Piece]
    after: list[Piece]
    fates: list[str]
    is_equal: bool


@dataclass(frozen=True)
class RecordPage:
    """A finding, the record it is about on both sides, and all that was found about the same record."""

    finding: Row
    findings: list[Row]
    record: Record
    lines: list[FieldLine]

    @property
    def name(self) -> str:
        """What the record is called where it came from, else in the CRM."""
        return str(self.finding["source_id"] or self.finding["target_id"] or "")


def open_record(run: TransferRun, place: int, store: Store) -> RecordPage:
    """Read the record that a finding is about."""
    finding = get_finding(run, place, store=store)
    findings = list_findings_of_record(run, finding, store=store) if _has_rows(finding) else [finding]
    record = read_record(run, finding, store=store)
    fates: dict[str, list[str]] = {}
    for one in findings:
        fates.setdefault(str(one["field"]), []).append(str(one["class"]))
    return RecordPage(finding, findings, record, [_line(column, record, fates) for column in record.columns])


def _has_rows(finding: Row) -> bool:
    return bool(finding["source_row"] or finding["target_row"])


def _line(column: ColumnMapping, record: Record, fates: Mapping[str, list[str]]) -> FieldLine:
    before = (record.before or {}).get(column.source) or ""
    after = (record.after or {}).get(column.target or "") or ""
    found = fates.get(column.source, [])
    is_equal = not found or record.before is None or record.after is None
    pieces = ([(before, False)], [(after, False)]) if is_equal else mark_difference(before, after)
    return FieldLine(column.source, column.target or "", *pieces, found, is_equal)


def mark_difference(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Cut two values into pieces that both have and pieces that only one has."""
    if max(len(before), len(after)) > LONGEST_COMPARED:
        return [(before, True)], [(after, True)]
    one, two = list[Piece](), list[Piece]()
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if i < j:
            one.append((before[i:j], tag != "equal"))
        if k < m:
            two.append((after[k:m], tag != "equal"))
    return one, two
