"""One record side by side: what the old system held, what the CRM holds, where they differ."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from flask import url_for

from implement.engine.mapping import LISTED, ColumnMapping, cut_list, read_ids
from implement.stages.transfer.link_words import say_link, sureness_of
from implement.stages.transfer.service.chain import Kin
from implement.stages.transfer.service.drilling import Drilled, drill
from implement.stages.transfer.service.files import SOURCE
from implement.stages.transfer.service.findings import Row, get_finding, list_findings_of_record
from implement.stages.transfer.service.records import Record, read_record
from implement.stages.transfer.service.sides import list_run_tables
from implement.stages.transfer.tables import TransferRun
from implement.store import Store

LONGEST_COMPARED = 2_000
BLANKS = {"\t": "⇥", "\n": "↵", "\r": "↵", "\u200b": "␣", "\ufeff": "␣"}
Piece = tuple[str, bool]


@dataclass(frozen=True)
class FieldLine:
    """One field on both sides, cut into pieces that are equal or different (True); `fates` are its findings.

    `twin` is the same field of the other record, where the record was merged or doubled; `missing` are the records,
    with their names, that a list of them lacks in the CRM.
    """

    source: str
    target: str
    before: list[Piece]
    after: list[Piece]
    fates: list[str]
    twin: str
    missing: tuple[tuple[Kin, str], ...] = ()


@dataclass(frozen=True)
class RecordPage:
    """A finding, the record it is about on both sides, and all that was found about the same record."""

    finding: Row
    findings: list[Row]
    record: Record
    lines: list[FieldLine]
    drilled: Drilled
    table_ids: Mapping[str, int]

    @property
    def name(self) -> str:
        """What the record is called where it came from, else in the CRM."""
        return str(self.finding["source_id"] or self.finding["target_id"] or "")

    @property
    def link(self) -> str:
        """How sure the link is and why."""
        return say_link(self.drilled)

    @property
    def sureness(self) -> str:
        """Sure, likely, doubtful, or empty."""
        return sureness_of(self.drilled)

    def url_of(self, run: TransferRun, kin: Kin) -> str:
        """Where a related record stands."""
        here = (run.rollout_id, run.number)
        return url_for(
            "transfer.show_row", rollout_id=here[0], number=here[1], table_id=self.table_ids[kin.table], row=kin.row
        )


def open_record(run: TransferRun, place: int, store: Store) -> RecordPage:
    """Read the record that a finding is about."""
    return open_finding(run, get_finding(run, place, store=store), store)


def open_finding(run: TransferRun, finding: Row, store: Store) -> RecordPage:
    """Read the record of a finding, or of a row about which nothing was found."""
    findings = list_findings_of_record(run, finding, store=store) if _has_rows(finding) else [finding]
    record, drilled = read_record(run, finding, store=store), drill(run, finding, store=store)
    fates: dict[str, list[str]] = {}
    for one in findings:
        fates.setdefault(str(one["field"]), []).append(str(one["class"]))
    in_source = finding["class"] == "merged"
    lines = [_line(column, record, fates, drilled, in_source) for column in record.columns]
    ids = {one.name: one.table_id for one in list_run_tables(run.id) if one.side == SOURCE}
    return RecordPage(finding, findings, record, lines, drilled, ids)


def _has_rows(finding: Row) -> bool:
    return bool(finding["source_row"] or finding["target_row"])


def _line(
    column: ColumnMapping, record: Record, fates: Mapping[str, list[str]], drilled: Drilled, twin_in_source: bool
) -> FieldLine:
    before = (record.before or {}).get(column.source) or ""
    after = (record.after or {}).get(column.target or "") or ""
    found = fates.get(column.source, [])
    is_equal = not found or record.before is None or record.after is None
    pieces, listed = ([(before, False)], [(after, False)]), drilled.listed.get(column.source)
    if not is_equal:
        called = listed.called if listed else column.replaced
        pieces = mark_list(before, after, called) if column.kind == LISTED else mark_difference(before, after)
    other = drilled.twin_cells.get(column.source if twin_in_source else column.target or "") or ""
    missing = listed.missing if listed and not is_equal else ()
    return FieldLine(column.source, column.target or "", *pieces, found, other, missing)


def mark_difference(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Cut two values into pieces that both have and pieces that only one has."""
    if max(len(before), len(after)) > LONGEST_COMPARED:
        return [(before, True)], [(after, True)]
    one, two = list[Piece](), list[Piece]()
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        differs = tag != "equal"
        if i < j:
            one.append((_visible(before[i:j]) if differs else before[i:j], differs))
        if k < m:
            two.append((_visible(after[k:m]) if differs else after[k:m], differs))
    return one, two


def mark_list(before: str, after: str, replaced: Mapping[str, str]) -> tuple[list[Piece], list[Piece]]:
    """Cut two lists where one names what the other does not; unmarked where each side has ids of its own.

    What the CRM calls otherwise by a map is the same.
    """
    one = {name: replaced.get(name, name) for name in read_ids(before)}
    two = frozenset(read_ids(after))
    only: tuple[Container[str], Container[str]] = ((), ())
    if replaced or not two.isdisjoint(one):
        only = ({name for name, called in one.items() if called not in two}, two.difference(one.values()))
    first, second = (
        [(piece, piece.strip() in some) for piece in cut_list(cell)]
        for cell, some in zip((before, after), only, strict=True)
    )
    return first, second


def _visible(piece: str) -> str:
    """Differences that nobody would see, such as a space, get a sign."""
    return "".join(BLANKS.get(letter, "␣" if letter.isspace() else letter) for letter in piece)
