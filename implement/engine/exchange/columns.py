"""Propose which column of a table is which of the exchange format, by its name and by what it holds."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from implement.engine.exchange.headers import header_words, name_likeness
from implement.engine.exchange.instants import InstantForm, recognise_instants
from implement.engine.exchange.vocabulary import COLUMN_WORDS, REQUIRED_COLUMNS, words_for

_NUMBER = re.compile(r"^-?\d+(?:[.,]\d+)?$")
_CLOCK = re.compile(r"^\d{1,2}(?::\d\d){0,2}$")
_CLAIM = re.compile(r"^(?:0|1|true|false|yes|no|ja|nein|tak|nie|да|нет|\d+)$", re.IGNORECASE)
_WORK_DAYS = re.compile(r"^[1-7](?:[ ,;]?[1-7])*$|[^\W\d]{2}")


@dataclass(frozen=True)
class ColumnSettings:
    """When a name or a look at the values is enough to say what a column is."""

    least_likeness: float = 0.5
    least_readable_share: float = 0.8
    values_alone: float = 0.3
    penalty_for_attributes_of_the_case: float = 0.4
    penalty_for_misfit: float = 0.3
    weight_of_known_users: float = 0.6
    most_kinds_of_event: int = 2000


DEFAULT_COLUMN_SETTINGS = ColumnSettings()


@dataclass(frozen=True)
class ColumnSample:
    """A column's name and values from all over the table, empty ones left out."""

    name: str
    values: tuple[str, ...]
    row_count: int

    @cached_property
    def distinct(self) -> frozenset[str]:
        """The different values seen."""
        return frozenset(self.values)

    @cached_property
    def instants(self) -> InstantForm | None:
        """How the values are written as instants; None when they are none."""
        return recognise_instants(self.values)

    def share_matching(self, fits: Callable[[str], object]) -> float:
        """Share of the values that fit; 0 without values."""
        return sum(1 for value in self.values if fits(value.strip())) / len(self.values) if self.values else 0.0


def propose_columns(
    kind: str,
    samples: tuple[ColumnSample, ...],
    fixed: Mapping[str, str] | None = None,
    known_users: frozenset[str] = frozenset(),
    settings: ColumnSettings = DEFAULT_COLUMN_SETTINGS,
) -> dict[str, str]:
    """Map columns of ours to theirs, best fits first, each column used once; what is fixed stays."""
    chosen: dict[str, str] = dict(fixed or {})
    required = REQUIRED_COLUMNS[kind]
    ranked = sorted(
        (
            (field not in required, -likeness, place, field, sample.name)
            for field in COLUMN_WORDS[kind]
            for place, sample in enumerate(samples)
            if (likeness := column_likeness(kind, field, sample, known_users, settings)) > 0
        ),
    )
    for _, _, _, field, name in ranked:
        if field not in chosen and name not in chosen.values():
            chosen[field] = name
    if "time_of_day" in chosen and not _is_day_only(samples, chosen.get("ts")):
        del chosen["time_of_day"]
    return chosen


def column_likeness(
    kind: str,
    field: str,
    sample: ColumnSample,
    known_users: frozenset[str],
    settings: ColumnSettings = DEFAULT_COLUMN_SETTINGS,
) -> float:
    """Say how surely a column is this field, 0 when it cannot be."""
    likeness = name_likeness(sample.name, words_for(kind, field))
    if header_words(sample.name)[:1] == ("case",) and field != "record_id":
        likeness *= settings.penalty_for_attributes_of_the_case
    if likeness < settings.least_likeness:
        likeness = _likeness_by_values(kind, field, sample, settings)
    if likeness == 0 or not sample.values:
        return likeness if likeness >= settings.least_likeness else 0.0
    fit = _fit_of_values(kind, field, sample, settings)
    if field == "user" and known_users:
        shared = len(sample.distinct & known_users) / len(sample.distinct)
        return fit * (likeness + settings.weight_of_known_users * shared)
    return fit * likeness


def _likeness_by_values(kind: str, field: str, sample: ColumnSample, settings: ColumnSettings) -> float:
    """Without a telling name: full instants are the time of an event, repeated short ids its user."""
    if kind != "events" or not sample.values:
        return 0.0
    if field == "ts":
        form = sample.instants
        is_time = form is not None and form.readable_share >= 0.95 and form.has_time and not form.is_epoch
        return settings.values_alone if is_time else 0.0
    return 0.0


def _fit_of_values(kind: str, field: str, sample: ColumnSample, settings: ColumnSettings) -> float:
    """1 when the values can be what the field means, less when doubtful, 0 when they cannot."""
    if field in ("ts", "effective_date", "from", "to", "date", "hired", "left", "go_live"):
        form = sample.instants
        return form.readable_share if form and form.readable_share >= settings.least_readable_share else 0.0
    if field == "user":
        return _fit_of_user(kind, sample, settings)
    shape = _SHAPES.get(field)
    if shape is not None:
        return 1.0 if sample.share_matching(shape) >= settings.least_readable_share else 0.0
    if field in ("object", "action", "source", "lifecycle"):
        is_unique = len(sample.distinct) == len(sample.values) >= 50
        return 0.0 if is_unique or len(sample.distinct) > settings.most_kinds_of_event else 1.0
    return 1.0


def _fit_of_user(kind: str, sample: ColumnSample, settings: ColumnSettings) -> float:
    """Users repeat in a log and are unique in a list of users; times are never users."""
    form = sample.instants
    if form is not None and form.has_time and not form.is_epoch:
        return 0.0
    is_unique = len(sample.distinct) == len(sample.values)
    if kind == "events" and is_unique and len(sample.values) >= 50:
        return settings.penalty_for_misfit
    if kind == "users" and len(sample.distinct) < 0.98 * len(sample.values):
        return settings.penalty_for_misfit
    return 1.0


def _is_day_only(samples: tuple[ColumnSample, ...], name: str | None) -> bool:
    form = next((sample.instants for sample in samples if sample.name == name), None)
    return form is not None and not form.has_time


_SHAPES: dict[str, Callable[[str], object]] = {
    "filled": _NUMBER.match,
    "total": _NUMBER.match,
    "hits": _NUMBER.match,
    "changed": _CLAIM.match,
    "fte": re.compile(r"^\d*[.,]?\d+ ?%?$").match,
    "work_days": _WORK_DAYS.search,
    "hour": _CLOCK.match,
    "time_of_day": re.compile(r"^\d{1,2}:\d\d").match,
    "weekday": re.compile(r"^(?:[0-7]|[^\W\d]{2,12}\.?)$").match,
}
