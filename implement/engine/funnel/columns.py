"""Propose which column of a list says what of a deal, by names and by values; a person confirms."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from implement.engine.backend import Backend
from implement.engine.formats import ColumnProfile, Kind, profile_sample
from implement.engine.funnel.settings import DEFAULT_FUNNEL, FunnelSettings
from implement.engine.funnel.words import (
    COLUMN_WORDS,
    DAYS,
    FIELDS,
    plain_words,
    speaks_of_a_win,
    speaks_of_loss,
)
from implement.engine.intake import SourceTable, sample_rows
from implement.engine.mapping.names import is_generic

SAMPLE_ROWS = 2_000
TIMES = frozenset({Kind.DATE, Kind.TIMESTAMP})
NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL})
WITH_TIMES = frozenset({*DAYS, "answered"})
EXAMPLES, LONGEST_EXAMPLE = 3, 40


@dataclass(frozen=True)
class ColumnLook:
    """A column as it looks in a sample of the rows."""

    name: str
    profile: ColumnProfile
    counts: Counter[str]

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
    return {name: ColumnLook(name, profiles.get(name, blank), counts[name]) for name in cells}


def propose_deal_columns(looks: Mapping[str, ColumnLook], settings: FunnelSettings = DEFAULT_FUNNEL) -> dict[str, str]:
    """Map what a list may say of a deal to its columns, the surest first, each column used once."""
    scored = [(score_column(field, look, settings), field, look.name) for look in looks.values() for field in FIELDS]
    chosen: dict[str, str] = {}
    for score, field, name in sorted(scored, key=lambda one: (-one[0], FIELDS.index(one[1]), one[2])):
        if score >= settings.least_score and field not in chosen and name not in chosen.values():
            chosen[field] = name
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
    if field == "deal":
        return 1.0 if look.is_unique else 0.6
    if field in ("owner", "product", "channel", "segment", "reason", "currency", "lost_at"):
        few = len(look.counts) <= 0.5 * look.counts.total() or look.counts.total() < 10
        return (1.0 if few else 0.3) * (0.4 if kind in NUMBERS and field != "owner" else 1.0)
    return 1.0


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
