"""Faults on the way between two products, each told as table, source id, class and field."""

from collections.abc import Callable

from tests.evaluators.foreign.sheets import Firm, Record

Planted = tuple[str, str, str, str]
Change = Callable[[object], object]


class Planter:
    """Plants faults, one a record, and remembers them."""

    def __init__(self, firm: Firm) -> None:
        self.firm = firm
        self.planted: set[Planted] = set()
        self._touched: set[tuple[str, object]] = set()

    def change(self, sheet: str, fact: str, fate: str, times: int, change: Change, like: Change = bool) -> None:
        """Give a field of some records, whose cell is `like` that, another value."""
        for record in self._pick(sheet, times, lambda record: bool(like(record[fact]))):
            record[fact] = change(record[fact])
            self._note(sheet, record, fate, fact)

    def drop(self, sheet: str, times: int) -> None:
        """Leave some records out; what names them names nothing any more."""
        arrived = self.firm.sheets[sheet].arrived
        for record in self._pick(sheet, times, lambda record: True):
            arrived[:] = [one for one in arrived if one is not record]
            self._note(sheet, record, "dropped")
            self._tear_children(sheet, record["id"])

    def double(self, sheet: str, times: int) -> None:
        """Import some records twice."""
        for number, record in enumerate(self._pick(sheet, times, lambda record: True)):
            copy = record | {"new_id": self.firm.new_id(f"copy {record['id']}", 90_000 + number)}
            self.firm.sheets[sheet].arrived.append(copy)
            self._note(sheet, record, "duplicated")

    def swap(self, sheet: str, one: str, other: str, times: int) -> None:
        """Exchange two fields of some records."""
        for record in self._pick(sheet, times, lambda record: record[one] != record[other]):
            record[one], record[other] = record[other], record[one]
            self._note(sheet, record, "fields_swapped", one)
            self._note(sheet, record, "fields_swapped", other)

    def misplace(self, sheet: str, fact: str, parent: str, times: int) -> None:
        """Give some records to another parent that arrived."""
        there = [one["id"] for one in self.firm.sheets[parent].arrived]
        for record in self._pick(sheet, times, lambda record: bool(record[fact])):
            record[fact] = self.firm.chance.choice([one for one in there if one != record[fact]])
            self._note(sheet, record, "wrong_relation", fact)

    def _pick(self, sheet: str, times: int, fits: Callable[[Record], bool]) -> list[Record]:
        free = [one for one in self.firm.sheets[sheet].arrived if (sheet, one["id"]) not in self._touched and fits(one)]
        picked = self.firm.chance.sample(free, times)
        self._touched |= {(sheet, one["id"]) for one in picked}
        return picked

    def _note(self, sheet: str, record: Record, fate: str, fact: str = "") -> None:
        table = self.firm.sheets[sheet]
        told = next(one for one in table.old if one.fields == ("id",))
        self.planted.add((table.name, str(told.write(record["id"])), fate, table.name_field(fact) if fact else ""))

    def _tear_children(self, parent: str, gone: object) -> None:
        for name, sheet in self.firm.sheets.items():
            facts = {one.fields[0] for one in sheet.old if one.names == parent}
            for record in sheet.arrived:
                for fact in facts:
                    if record[fact] == gone:
                        record[fact] = None
                        self._touched.add((name, record["id"]))
                        self._note(name, record, "torn_relation", fact)
