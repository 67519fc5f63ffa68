"""What the page of drift says: its first sentence, in how few hands, by field, week, table, team and function."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from flask import url_for

from implement.engine.drift import LOSSES, DriftCount, FewHands, find_few_hands
from implement.rollout.service.owners import OwnerNames
from implement.rollout.service.rollouts import local_day
from implement.stages.transfer.drift_pictures import draw_exports, draw_fields, draw_weeks
from implement.stages.transfer.service.drift import list_drift_totals, list_losses, name_run
from implement.stages.transfer.service.drift_groups import ROLE, TEAM, GroupLine, find_group_of, sum_by_group
from implement.stages.transfer.service.drift_rows import count_rows
from implement.stages.transfer.service.files import Remarks, read_remarks_of
from implement.stages.transfer.tables import DriftRun, DriftTotal, TransferRun
from implement.store import Store
from implement.web.charts import Chart
from implement.web.texts import _, _n, day, number

MOSTLY = 0.5
"""From this share of a table on, what is deleted looks like an export of a part."""


@dataclass(frozen=True)
class PersonLine:
    """Somebody as this reader may see them, with what they lost and changed."""

    name: str
    lost: int
    changed: int


@dataclass(frozen=True)
class DriftPage:
    """The figures of one later export."""

    drift: DriftRun
    run: TransferRun
    totals: Sequence[DriftTotal]
    counts: list[DriftCount]
    remarks: Remarks
    people: OwnerNames = field(default_factory=lambda: OwnerNames({}))

    @classmethod
    def open(cls, drift: DriftRun, *, store: Store) -> "DriftPage":
        """Read what was found."""
        counts = count_rows(drift, store=store)
        return cls(drift, name_run(drift), list_drift_totals(drift), counts, read_remarks_of("", drift.remarks))

    @property
    def is_unreadable(self) -> bool:
        """True where no table was found in the files."""
        return not self.drift.tables

    @property
    def everybody(self) -> set[str]:
        """Owners and authors as the exports name them."""
        return {name for one in self.counts for name in (one.owner, one.author) if name}

    def count(self, change: str) -> int:
        """How many records something happened to."""
        return sum(one.concerned.get(change, 0) for one in self.totals)

    @property
    def transferred(self) -> int:
        """All transferred records of the tables that the later export has."""
        return sum(one.transferred for one in self.totals)

    @property
    def answer(self) -> str:
        """The first sentence."""
        if self.is_unreadable:
            return _("No table was found in the later export.")
        said = {"all": number(self.transferred), "day": day(local_day(self.run.rollout_id, self.run.as_of_at))}
        if not any(self.count(change) for change in LOSSES):
            return _("Of %(all)s transferred records none was deleted or emptied since %(day)s.", **said)
        found = {"emptied": number(self.count("emptied")), "deleted": number(self.count("deleted"))}
        return _("Of %(all)s transferred records, since %(day)s: %(emptied)s emptied, %(deleted)s deleted.", **said,
                 **found)  # fmt: skip

    @property
    def lead(self) -> str:
        """In how few hands the losses lie, as far as the export and the rules on names allow to say it."""
        if self.is_unreadable or not any(one.is_loss for one in self.counts):
            return ""
        hands = find_few_hands(self.counts)
        if not any(one.author for one in self.counts):
            return _("The export does not say who changed a record last.")
        return _say_hands(hands, self) if hands else _("No few people stand behind them.")

    @property
    def doubtful(self) -> list[str]:
        """Tables of which so much is missing that the export may be of a part only."""
        return [one.table_name for one in self.totals if one.concerned.get("deleted", 0) > MOSTLY * one.transferred]

    @property
    def link(self) -> Callable[..., str]:
        """Make links to the rows, narrowed."""
        address = partial(url_for, "transfer.show_drift", rollout_id=self.drift.rollout_id, number=self.drift.number)
        return lambda **narrowed: f"{address(**narrowed)}#rows"

    @property
    def pictures(self) -> list[Chart]:
        """By field, by week, export by export."""
        here = partial(url_for, "transfer.show_drift", rollout_id=self.drift.rollout_id)
        drawn = (
            draw_fields(self.counts, self.link),
            draw_weeks(self.counts),
            draw_exports(list_losses(self.drift.rollout_id), lambda number: here(number=number)),
        )
        return [chart for chart in drawn if chart is not None]

    @property
    def teams(self) -> list[GroupLine]:
        """By the team of who changed it."""
        return sum_by_group(self.drift.rollout_id, self.counts, TEAM)

    @property
    def functions(self) -> list[GroupLine]:
        """By the function of who changed it."""
        return sum_by_group(self.drift.rollout_id, self.counts, ROLE)

    @property
    def authors(self) -> list[PersonLine]:
        """Those who may be shown, by what they lost."""
        return self._sum_people("author")

    @property
    def owners(self) -> list[PersonLine]:
        """Whose records they were, of those who may be shown."""
        return self._sum_people("owner")

    def _sum_people(self, whose: str) -> list[PersonLine]:
        lost, changed = Counter[str](), Counter[str]()
        for one in self.counts:
            name = self.people.names.get(getattr(one, whose))
            if name:
                (lost if one.is_loss else changed)[name] += one.findings
        lines = [PersonLine(name, lost[name], changed[name]) for name in lost.keys() | changed.keys()]
        return sorted(lines, key=lambda line: (-line.lost, -line.changed, line.name))


def _say_hands(hands: FewHands, page: DriftPage) -> str:
    """Names under the named view only; else how many people, and their team where it is large enough."""
    said = {"n": number(hands.losses), "known": number(hands.known)}
    named = [page.people.names[person] for person in hands.people if page.people.is_named(person)]
    if len(named) == len(hands.people):
        return _("%(n)s of %(known)s losses whose author is known: %(people)s.", **said, people=", ".join(named))
    sentence = _n("%(n)s of %(known)s losses whose author is known were made by one person.",
                  "%(n)s of %(known)s losses whose author is known were made by %(num)d people.",
                  len(hands.people), **said)  # fmt: skip
    team = find_group_of(page.drift.rollout_id, hands.people)
    return f"{sentence} {_('Team: %(team)s.', team=team)}" if team else sentence
