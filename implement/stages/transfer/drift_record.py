"""One drifted record: its fields at the cutover and now, the differences marked."""

from dataclasses import dataclass

from implement.stages.transfer.record_page import Piece, mark_difference
from implement.stages.transfer.service.drift_rows import DriftedRecord


@dataclass(frozen=True)
class DriftLine:
    """One field of both exports, cut into pieces that are equal or different."""

    field: str
    field_now: str
    then: list[Piece]
    now: list[Piece]
    differs: bool


@dataclass(frozen=True)
class DriftRecordPage:
    """A finding and its record."""

    record: DriftedRecord

    @property
    def lines(self) -> list[DriftLine]:
        """All fields, those that differ first."""
        then, now = self.record.then or {}, self.record.now or {}
        lines = []
        for field, field_now in self.record.pairs:
            before, after = then.get(field) or "", now.get(field_now) or ""
            whole = self.record.then is not None and self.record.now is not None
            pieces = mark_difference(before, after) if whole else ([(before, False)], [(after, False)])
            lines.append(DriftLine(field, field_now, *pieces, whole and before != after))
        return sorted(lines, key=lambda line: not line.differs)
