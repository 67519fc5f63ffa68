"""Tell which table of a folder holds events, users, absences, holidays, meetings, migration and orders."""

from collections.abc import Mapping
from dataclasses import dataclass

from implement.engine.exchange.columns import ColumnSample, column_likeness, propose_columns
from implement.engine.exchange.headers import header_words, name_likeness
from implement.engine.exchange.vocabulary import COLUMN_WORDS, REQUIRED_COLUMNS, TABLE_WORDS

KINDS = tuple(TABLE_WORDS)
NO_RIVALS = frozenset({"calls"})
"""Names that do not speak against a table's being of another kind: a log may well be called calls."""


@dataclass(frozen=True)
class KindSettings:
    """How sure a table's name and columns must make us."""

    least_name: float = 0.45
    weight_of_columns: float = 0.5
    weight_of_extras: float = 0.1
    least_events: float = 0.4
    least_others: float = 0.7
    least_shared_users: float = 0.3
    rows_that_tell: int = 20


DEFAULT_KIND_SETTINGS = KindSettings()


@dataclass(frozen=True)
class TableSample:
    """What is looked at to name a table: its name and the first rows of each column."""

    name: str
    columns: tuple[ColumnSample, ...]
    row_count: int

    @property
    def header(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True)
class TableRole:
    """One table taken as one kind, with its columns mapped ours → theirs."""

    kind: str
    table: str
    columns: Mapping[str, str]


def assign_tables(
    samples: tuple[TableSample, ...],
    taken: Mapping[str, str] | None = None,
    settings: KindSettings = DEFAULT_KIND_SETTINGS,
) -> dict[str, list[str]]:
    """Name the tables of each kind: several for events when they are parts of one log, at most one for the others.

    `taken` fixes kind → table name; those tables are not considered for anything else.
    """
    fixed = dict(taken or {})
    free = [sample for sample in samples if sample.name not in fixed.values()]
    assigned: dict[str, list[str]] = {kind: [name] for kind, name in fixed.items()}
    if "events" not in assigned:
        assigned["events"] = find_event_tables(free, settings)
        free = [sample for sample in free if sample.name not in assigned["events"]]
    users = users_of([sample for sample in samples if sample.name in assigned["events"]])
    for kind in KINDS:
        if kind in assigned:
            continue
        likeness = {sample.name: kind_likeness(kind, sample, users, settings) for sample in free}
        best = max(free, key=lambda sample: likeness[sample.name], default=None)
        if best is not None and likeness[best.name] >= settings.least_others:
            assigned[kind] = [best.name]
            free.remove(best)
    return assigned


def find_event_tables(samples: list[TableSample], settings: KindSettings = DEFAULT_KIND_SETTINGS) -> list[str]:
    """Find the log: the likeliest table of events and every other with the same columns."""
    likeness = {sample.name: kind_likeness("events", sample, frozenset(), settings) for sample in samples}
    ranked = sorted(samples, key=lambda sample: (-likeness[sample.name], -sample.row_count, sample.name))
    if not ranked or likeness[ranked[0].name] < settings.least_events:
        return []
    return sorted(sample.name for sample in ranked if set(sample.header) == set(ranked[0].header))


def kind_likeness(
    kind: str, sample: TableSample, known_users: frozenset[str], settings: KindSettings = DEFAULT_KIND_SETTINGS
) -> float:
    """Say how likely a table is of this kind: by its name, its columns, and the users it shares with the log."""
    by_name = name_score(kind, sample.name, settings)
    rival = max(name_score(other, sample.name, settings) for other in KINDS if other != kind and other not in NO_RIVALS)
    columns = propose_columns(kind, sample.columns, known_users=known_users)
    if any(field not in columns for field in REQUIRED_COLUMNS[kind]):
        return 0.0
    score = by_name - max(0.0, rival - by_name) + settings.weight_of_columns * _surety(kind, sample, columns)
    score += settings.weight_of_extras * (len(columns) - len(REQUIRED_COLUMNS[kind]))
    if kind in ("events", "users"):
        score += _evidence_of_users(kind, sample, columns["user"], known_users, settings)
    if kind in ("holidays", "orders", "absences", "migration", "calls") and by_name == 0:
        return 0.0
    return score


def name_score(kind: str, table: str, settings: KindSettings = DEFAULT_KIND_SETTINGS) -> float:
    """Say how well a table's name fits a kind; parts like `_2024` do not count."""
    words = [word for word in header_words(table) if not word.isdigit()]
    likeness = name_likeness(" ".join(words), TABLE_WORDS[kind])
    return likeness if likeness >= settings.least_name else 0.0


def users_of(samples: list[TableSample]) -> frozenset[str]:
    """The user ids seen in the samples of the log."""
    found: set[str] = set()
    for sample in samples:
        name = propose_columns("events", sample.columns).get("user")
        found.update(value for column in sample.columns if column.name == name for value in column.distinct)
    return frozenset(found)


def _surety(kind: str, sample: TableSample, columns: Mapping[str, str]) -> float:
    by_name = {column.name: column for column in sample.columns}
    sureties = [
        column_likeness(kind, f, by_name[columns[f]], frozenset())
        for f in COLUMN_WORDS[kind]
        if f in REQUIRED_COLUMNS[kind]
    ]
    return sum(sureties) / len(sureties)


def _evidence_of_users(
    kind: str, sample: TableSample, user: str, known_users: frozenset[str], settings: KindSettings
) -> float:
    """Users come once in a list of users and again and again in a log."""
    column = next(column for column in sample.columns if column.name == user)
    is_unique = len(column.distinct) == len(column.values) >= settings.rows_that_tell
    if kind == "events":
        return -1.0 if is_unique else 0.0
    if known_users and column.distinct:
        shared = len(column.distinct & known_users) / min(len(column.distinct), len(known_users))
        return settings.weight_of_columns if shared >= settings.least_shared_users else -settings.weight_of_columns
    return 0.0
