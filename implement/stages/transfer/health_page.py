"""What the page about the health of old tables says: findings in words, the first line, what is to be done."""

from dataclasses import dataclass

from implement.engine.health import KINDS
from implement.stages.transfer.service import health as service
from implement.stages.transfer.tables import Ailment, HealthCheck
from implement.web.texts import _, _n, lazy, number

SENTENCES = {
    "orphan": lazy("%(place)s names what %(parent)s does not have"),
    "childless": lazy("%(table)s: named by no record of %(parent)s"),
    "duplicate_key": lazy("%(place)s: the key of an earlier record"),
    "duplicate_record": lazy("%(table)s: says what an earlier record says"),
    "same_contact": lazy("%(place)s: the same as in an earlier record, perhaps written differently"),
    "empty": lazy("%(place)s is empty"),
    "blank_word": lazy("%(place)s only says that it is empty"),
    "misspelt": lazy("%(place)s: probably a slip of a frequent value"),
    "mixed_dates": lazy("%(place)s: date written in another order than most"),
    "mixed_decimals": lazy("%(place)s: another decimal sign than most"),
    "mixed_phones": lazy("%(place)s: phone number written in another way than most"),
    "unreadable": lazy("%(place)s: not what the column otherwise holds"),
    "broken_letters": lazy("%(place)s: broken letters"),
    "leading_zeros": lazy("%(place)s: leading zeros are missing"),
    "spreadsheet_number": lazy("%(place)s: a spreadsheet turned the figures into a power of ten"),
}
assert set(SENTENCES) == set(KINDS)


@dataclass(frozen=True)
class HealthLine:
    """A finding in words; `where` says under which values all of it stands, `examples` shows some."""

    found: Ailment
    said: str
    where: str
    examples: str


@dataclass(frozen=True)
class HealthPage:
    """The newest look through one side."""

    check: HealthCheck | None
    lines: list[HealthLine]
    is_outdated: bool

    @classmethod
    def open(cls, rollout_id: int, side: str) -> "HealthPage":
        """Read what was found in the newest look."""
        check = service.find_newest_check(rollout_id, side)
        if check is None:
            return cls(None, [], False)
        lines = [make_line(one) for one in service.list_ailments(check)]
        return cls(check, lines, service.is_outdated(check))

    @property
    def answer(self) -> str:
        """The first line: the gravest in words, else that nothing was found."""
        if not self.lines:
            return _("Nothing wrong was found in these tables.")
        first = self.lines[0]
        counts = {"n": number(first.found.concerned), "all": number(first.found.of_rows)}
        return _("%(said)s: %(n)s of %(all)s records.", said=first.said, **counts)

    @property
    def lead(self) -> str:
        """How much was looked through, and how many other findings there are."""
        tables = len(self.check.inputs) if self.check else 0
        rows = number(self.check.row_count if self.check else 0)
        looked = _n("%(rows)s records of one table were looked through.",
                    "%(rows)s records of %(num)d tables were looked through.", tables, rows=rows)  # fmt: skip
        more = len(self.lines) - 1
        others = _n("One more finding.", "%(num)d more findings.", more) if more > 0 else ""
        return f"{looked} {others}".strip()


def make_line(found: Ailment) -> HealthLine:
    """A finding in the reader's language."""
    return HealthLine(found, say_ailment(found), _say_where(found), _say_examples(found))


def say_ailment(found: Ailment) -> str:
    """What is wrong, where."""
    place = f"{found.table_name}.{found.column_name}"
    known = {"place": place, "table": found.table_name, "parent": found.parent_name}
    return str(SENTENCES[found.kind]) % known


def _say_where(found: Ailment) -> str:
    if not found.where_column:
        return ""
    values = ", ".join(found.where_values)
    return _("All of them where %(column)s is: %(values)s.", column=found.where_column, values=values)


def _say_examples(found: Ailment) -> str:
    shown = []
    for value, other, times in found.examples[:3]:
        meant = f" → {other}" if other else ""
        often = f" ({number(int(times))})" if int(times) > 1 else ""
        shown.append(f"{value}{meant}{often}")
    return "; ".join(shown)
