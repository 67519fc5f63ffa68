"""Collect what the readers find, with a bound on how much is listed per file."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from implement.engine.backend import Backend
from implement.engine.facts import Progress
from implement.engine.intake.faults import LINE_OF_TOTALS, Fault, Skipped
from implement.engine.intake.limits import IntakeLimits
from implement.engine.intake.tables import Intake, SourceTable


@dataclass
class Collection:
    """One reading under way: where to read to, how much, and what was found so far."""

    backend: Backend
    limits: IntakeLimits
    progress: Progress
    tables: list[SourceTable] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    _listed: Counter[tuple[str, str]] = field(default_factory=Counter)

    def fault(self, fault: Fault) -> None:
        """List a fault, or only count it when its file has had its share."""
        self._list(self.faults, "fault", fault)

    def note(self, file: str, code: str, *values: object, row: int | None = None, column: str | None = None) -> None:
        """List something that was set right while reading."""
        self._list(self.notes, "note", Fault(file, row, column, code, tuple(str(value) for value in values)))

    def note_totals(self, file: str, rows: Sequence[int]) -> None:
        """List lines of totals, which are no records."""
        for row in rows:
            self.note(file, LINE_OF_TOTALS, row=row)

    def skip(self, file: str, code: str, *values: str) -> None:
        """List a file or sheet that was left alone."""
        self.skipped.append(Skipped(file, code, values))

    def add(self, table: SourceTable) -> None:
        """Take in a table under a name no other table has."""
        taken = {known.name.casefold() for known in self.tables}
        name, number = table.name, 2
        while name.casefold() in taken:
            name, number = f"{table.name}_{number}", number + 1
        self.tables.append(replace(table, name=name))
        self.progress(f"read {name}", table.row_count, table.row_count)

    def finish(self) -> Intake:
        """Close the reading; faults beyond the listed ones become one line per file."""
        more = [
            Fault(file, None, None, "faults_more", (str(times - self.limits.faults_listed),))
            for (sort, file), times in sorted(self._listed.items())
            if sort == "fault" and times > self.limits.faults_listed
        ]
        return Intake(tuple(self.tables), tuple(self.skipped), tuple(self.faults + more), tuple(self.notes))

    def _list(self, into: list[Fault], sort: str, fault: Fault) -> None:
        self._listed[sort, fault.file] += 1
        if self._listed[sort, fault.file] <= self.limits.faults_listed:
            into.append(fault)
