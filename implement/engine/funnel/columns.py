"""Propose which column of a list says what of a deal, by names and by values; a person confirms."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from implement.engine.backend import Backend
from implement.engine.formats import ColumnProfile, Kind, profile_sample
from implement.engine.formats.recognise import recognise
from implement.engine.funnel.cells import stage_cell
from implement.engine.funnel.counting import fetch
from implement.engine.funnel.money import find_currency, is_marked
from implement.engine.funnel.settings import DEFAULT_FUNNEL, FunnelSettings
from implement.engine.funnel.stages import ListPlan, Stage
from implement.engine.funnel.words import (
    COLUMN_WORDS,
    DAYS,
    FIELDS,
    plain_words,
    speaks_of_a_win,
    speaks_of_an_outcome,
    speaks_of_loss,
)
from implement.engine.intake import SourceTable, sample_rows
from implement.engine.mapping.names import is_generic

SAMPLE_ROWS = 2_000
TIMES = frozenset({Kind.DATE, Kind.TIMESTAMP})
NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL})
WITH_TIMES = frozenset({*DAYS, "answered"})
EXAMPLES, LONGEST_EXAMPLE = 3, 40
MOST_WORDS_FOR_NOTHING = 3
LONGEST_GROUP = 3
GROUPED = (("1.234,56", re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")), ("1,234.56", re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")))


@dataclass(frozen=True)
class ColumnLook:
    """A column as it looks in a sample of the rows; `nothing` are words in it for “no day” or “no amount”."""

    name: str
    profile: ColumnProfile
    counts: Counter[str]
    nothing: tuple[str, ...] = ()

    @property
    def is_unique(self) -> bool:
        """True when no value stands twice."""
        return bool(self.counts) and max(self.counts.values()) == 1

    @property
    def example(self) -> str:
        """The commonest values."""
        return ", ".join(value[:LONGEST_EXAMPLE] for value, _ in self.counts.most_common(EXAMPLES))


def look_at_columns(table: SourceTable, backend: Backend) -> dict[str, ColumnLook]:
    """Every column of a table, from rows spread over all of it, in the order of their names."""
    sample = sample_rows(table, SAMPLE_ROWS, backend)
    profiles = profile_sample(sample.select(sorted(table.columns)))
    cells = {name: sample.column(name).to_pylist() for name in sorted(table.columns)}
    counts = {name: Counter(cell.strip() for cell in found if cell and cell.strip()) for name, found in cells.items()}
    blank = ColumnProfile("", Kind.BLANK)
    looks = (ColumnLook(name, profiles.get(name, blank), counts[name]) for name in cells)
    return {look.name: _read_groups(_look_past_words(look)) for look in looks}


def plan_list(
    looks: Mapping[str, ColumnLook], columns: Mapping[str, str], stages: tuple[Stage, ...], as_of: date,
    lost_in: str = "",
) -> ListPlan:  # fmt: skip
    """How a list is read, with what its columns tell of how they are written and in which currency amounts are."""
    profiles = {name: look.profile for name, look in looks.items()}
    nothing = frozenset(word for look in looks.values() for word in look.nothing)
    plan = ListPlan(columns, stages, as_of, profiles, lost_in, nothing=nothing)
    amount = looks.get(columns.get("amount", ""))
    if amount is None:
        return plan
    return replace(plan, currency=find_currency(amount.name), is_marked=is_marked(amount.counts))


def count_stages(
    table: SourceTable, columns: Mapping[str, str], backend: Backend, settings: FunnelSettings = DEFAULT_FUNNEL
) -> dict[str, int]:
    """How many rows stand in each stage, none in those that only ended deals passed.

    One more than stages can be tells that they are none.
    """
    relation, most = backend.adopt(table.relation), settings.most_stages + 1
    passed = [columns[name] for name in ("stage", "lost_at") if columns.get("outcome" if name == "stage" else name)]
    cells = [stage_cell(relation, columns), *(relation[name].strip() for name in passed)]
    counts: dict[str, int] = {}
    for is_passed, cell in enumerate(cells):
        counted = relation.select(stage=cell.coalesce("")).group_by("stage").aggregate(n=lambda t: t.count())
        for one in fetch(counted.order_by("stage").limit(most), backend):
            counts.setdefault(str(one["stage"]), 0 if is_passed else int(str(one["n"])))
    return {name: n for name, n in counts.items() if name or n}


def _look_past_words(look: ColumnLook) -> ColumnLook:
    """A column of days or amounts in which a word says that there is none (“not closed”) is one of days or amounts."""
    words = tuple(value for value, times in look.counts.items() if times > 1 and not any(map(str.isdigit, value)))
    told = Counter({value: times for value, times in look.counts.items() if value not in words})
    if not 0 < len(words) <= MOST_WORDS_FOR_NOTHING or len(told) <= len(words):
        return look
    profile = recognise(look.name, told, nulls=look.profile.rows - told.total())
    return replace(look, profile=profile, nothing=words) if profile.kind in TIMES | NUMBERS else look


def _read_groups(look: ColumnLook) -> ColumnLook:
    """Where each mark has three digits behind it and no thousand stands without one, 12.500 is a whole number."""
    amounts = [re.sub(r"[^0-9.,]", "", value).strip(".,") for value in look.counts]
    marked = [one for one in amounts if not one.isdigit() and one]
    grouped = next((name for name, form in GROUPED if all(form.fullmatch(one) for one in marked)), "")
    is_bare = any(len(one) > LONGEST_GROUP for one in amounts if one.isdigit())
    if look.profile.kind is not Kind.DECIMAL or not marked or not grouped or is_bare:
        return look
    formats = (grouped, *(name for name in look.profile.formats if name != grouped))
    return replace(look, profile=replace(look.profile, formats=formats, is_plain=False))


def propose_deal_columns(looks: Mapping[str, ColumnLook], settings: FunnelSettings = DEFAULT_FUNNEL) -> dict[str, str]:
    """Map what a list may say of a deal to its columns, the surest first, each column used once."""
    scored = [(score_column(field, look, settings), field, look.name) for look in looks.values() for field in FIELDS]
    chosen: dict[str, str] = {}
    for score, field, name in sorted(scored, key=lambda one: (-one[0], FIELDS.index(one[1]), one[2])):
        if score >= settings.least_score and field not in chosen and name not in chosen.values():
            chosen[field] = name
    chosen |= _part_stage_and_outcome(looks, chosen)
    if "since" in chosen and _is_last_change(looks, chosen):
        del chosen["since"]
    return {field: chosen[field] for field in FIELDS if field in chosen} | _find_unnamed(looks, chosen)


def score_deal_list(looks: Mapping[str, ColumnLook]) -> float:
    """How much a table looks like a list of deals: what it says of them, a stage and a client above all."""
    found = propose_deal_columns(looks)
    weights = {"stage": 3.0, "deal": 1.0, "client": 1.0, "amount": 1.0, "opened": 1.0, "closed": 1.0, "owner": 0.5}
    return sum(weight for field, weight in weights.items() if field in found)


def score_column(field: str, look: ColumnLook, settings: FunnelSettings = DEFAULT_FUNNEL) -> float:
    """How surely a column says this of a deal, 0 when its values cannot mean it."""
    words = plain_words(look.name)
    name = max((weight for weight, pattern in COLUMN_WORDS[field] if pattern.search(words)), default=0.0)
    if field == "stage":
        return _score_stage(name, look, settings)
    if field == "closed" and _names(("due",), words):
        name /= 2
    return name * _fit(field, look, settings)


def _score_stage(name: float, look: ColumnLook, settings: FunnelSettings) -> float:
    """Stages are few and repeat; some that say won or lost tell without a name."""
    if not 1 < len(look.counts) <= settings.most_stages or look.profile.kind in TIMES or look.is_unique:
        return 0.0
    speaks = any(speaks_of_loss(value) or speaks_of_a_win(value) for value in look.counts)
    return 0.5 * name + (0.6 if speaks else 0.0)


def _fit(field: str, look: ColumnLook, settings: FunnelSettings) -> float:
    kind, empty = look.profile.kind, not look.counts
    if empty:
        return 0.5
    if field in WITH_TIMES:
        return float(kind in TIMES)
    if field in ("amount", "elapsed"):
        return (
            0.0 if kind not in NUMBERS or (field == "amount" and re.search(r"\bid$", plain_words(look.name))) else 1.0
        )
    if kind in TIMES:
        return 0.7 if field == "next_step" else 0.0
    if field == "client":
        return {Kind.DECIMAL: 0.0, Kind.INTEGER: 0.6}.get(kind, 1.0)
    if field == "deal":
        return 1.0 if look.is_unique else 0.6
    if field in ("owner", "product", "channel", "segment", "reason", "currency", "lost_at"):
        if field in ("product", "channel", "segment") and len(look.counts) < 2:
            return 0.2
        few = len(look.counts) <= 0.5 * look.counts.total() or look.counts.total() < 10
        return (1.0 if few else 0.3) * (0.4 if kind in NUMBERS and field != "owner" else 1.0)
    return 1.0


def _part_stage_and_outcome(looks: Mapping[str, ColumnLook], chosen: Mapping[str, str]) -> dict[str, str]:
    """Where a column only says open, won or lost and another names stages, the stage is told by both."""
    ending = looks.get(chosen.get("stage", ""))
    if ending is None or not all(map(speaks_of_an_outcome, ending.counts)):
        return {}
    taken = {name for field, name in chosen.items() if field != "lost_at"}
    free = [look for name, look in looks.items() if name not in taken and _score_stage(1.0, look, DEFAULT_FUNNEL)]
    named = [look for look in free if _names(("stage",), plain_words(look.name))]
    found = max(named, key=lambda look: (len(look.counts), look.name), default=None)
    return {} if found is None else {"stage": found.name, "outcome": ending.name}


def _is_last_change(looks: Mapping[str, ColumnLook], chosen: Mapping[str, str]) -> bool:
    """True when a day of change is that of the whole record: each deal stands once, and nothing speaks of its stage."""
    deal, words = looks.get(chosen.get("deal", "")), plain_words(chosen["since"])
    return deal is not None and deal.is_unique and not _names(("since", "stage"), words)


def _names(fields: tuple[str, ...], words: str) -> bool:
    """True when words surely name one of these."""
    return any(weight == 1.0 and pattern.search(words) for field in fields for weight, pattern in COLUMN_WORDS[field])


def _find_unnamed(looks: Mapping[str, ColumnLook], chosen: Mapping[str, str]) -> dict[str, str]:
    """Columns that only count (`c1`, `Column 2`) told by their values alone: key, days in their order, money."""
    free = [look for look in looks.values() if is_generic(look.name) and look.name not in chosen.values()]
    found: dict[str, str] = {}
    days = sorted((look for look in free if look.profile.kind in TIMES), key=lambda look: (min(look.counts), look.name))
    for field, look in zip([f for f in ("opened", "closed") if f not in chosen], days, strict=False):
        found[field] = look.name
    numbers = [look for look in free if look.profile.kind is Kind.DECIMAL and not look.is_unique]
    keys = [look for look in free if look.is_unique and look.profile.kind not in TIMES]
    for field, among in (("amount", numbers), ("deal", keys)):
        if field not in chosen and among:
            found[field] = among[0].name
    return found
