"""The catalogue of CRM systems (M83, M84): what is said of each, by which source of which day; the rest is unknown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from implement.engine.checklist.sheet import Entry, open_sheet, raise_faults
from implement.engine.checklist.text import Text

TODAY = "today"
KINDS = ("paid", "free", TODAY)
EDITIONS = ("ask", "general", "industry")
PRICE_MODELS = ("ask", "free", "per_seat_month", "per_firm_month", "once")
LIMITED = ("accounts", "records")
LEVEL_WORDS = {"no": 0, "partly": 2, "yes": 3}
ASK = "ask"
LARGEST_LIMIT = 1_000_000_000
STALE_AFTER = timedelta(days=365)


class Hosting(StrEnum):
    """Where a system runs: at the vendor's (M68) or on the firm's own server (M69)."""

    SAAS = "saas"
    OWN_SERVER = "own_server"


@dataclass(frozen=True)
class Source:
    """Who says so, of which day, and where it can be read."""

    id: str
    text: Text
    as_of: date
    address: str = ""

    def is_stale(self, today: date) -> bool:
        """True when it is older than a year, or lies in the future."""
        return today - self.as_of > STALE_AFTER or self.as_of > today


@dataclass(frozen=True)
class Stated:
    """How well a criterion is met, 0–4 as the source states it; None: not known, to be asked of the vendor."""

    level: int | None
    source: Source | None


@dataclass(frozen=True)
class Limit:
    """How many accounts or records are possible at most; None: as many as one likes."""

    what: str
    most: int | None
    source: Source


@dataclass(frozen=True)
class Price:
    """How is paid; a list price without discount only with the source and day it is known from.

    `most_minor` is the dearest edition where the list names several, `amount_minor` the cheapest.
    """

    model: str
    amount_minor: int | None
    currency: str
    source: Source | None
    most_minor: int | None = None


@dataclass(frozen=True)
class System:
    """One system: empty `hosting` or `languages` are not known; `connector` names the profile that reads it here."""

    id: str
    name: str
    kind: str
    demands: tuple[str, ...]
    text: Text
    edition: str
    hosting: tuple[Hosting, ...]
    languages: tuple[str, ...]
    levels: Mapping[str, Stated]
    limits: tuple[Limit, ...]
    price: Price
    sources: tuple[Source, ...]
    connector: str

    def limit(self, what: str) -> Limit | None:
        """The limit of accounts or records, where one is known."""
        return next((limit for limit in self.limits if limit.what == what), None)

    def stated(self, criterion_id: str) -> Stated:
        """What is said of a criterion; nothing is said of those that are not named."""
        return self.levels.get(criterion_id, Stated(None, None))

    @property
    def oldest_source(self) -> Source | None:
        """The oldest of what is said of it."""
        return min(self.sources, key=lambda source: source.as_of, default=None)


@dataclass(frozen=True)
class Catalogue:
    """All systems in order, those that are only used today among them."""

    id: str
    version: str
    systems: tuple[System, ...]

    def system(self, system_id: str) -> System | None:
        """A system by its id."""
        return next((system for system in self.systems if system.id == system_id), None)


def read_catalogue(written: bytes, file: str, criteria: Sequence[str]) -> Catalogue:
    """Read a catalogue strictly; raises UnusableSheet with every fault, an unknown criterion among them."""
    sheet = open_sheet(written, file)
    catalogue_id, version = sheet.id(), sheet.word("version")
    sources = {source.id: source for source in map(_read_source, sheet.entries("sources"))}
    systems = tuple(_read_system(entry, sources, criteria) for entry in sheet.entries("systems"))
    ids = [system.id for system in systems]
    for twin in sorted({one for one in ids if ids.count(one) > 1}):
        sheet.fault("systems", "same_id", twin)
    if not systems:
        sheet.fault("systems", "empty")
    sheet.finish()
    raise_faults(sheet)
    return Catalogue(catalogue_id, version, systems)


def join_catalogues(first: Catalogue, own: Sequence[Catalogue]) -> Catalogue:
    """The product's catalogue with a consultancy's own: an entry of the same id takes the place of the earlier one."""
    joined = {system.id: system for catalogue in (first, *own) for system in catalogue.systems}
    return Catalogue(first.id, first.version, tuple(joined.values()))


def _read_source(entry: Entry) -> Source:
    source = Source(entry.begin(), entry.text("text"), entry.day("as_of"), entry.word("address", ""))
    entry.finish()
    return source


def _read_system(entry: Entry, sources: Mapping[str, Source], criteria: Sequence[str]) -> System:
    system_id, named = entry.begin(), entry.words("sources")
    for name in named:
        if name not in sources:
            entry.fault("sources", "not_one_of", name, ", ".join(sources))
    system = System(
        id=system_id,
        name=entry.word("name"),
        kind=entry.one_of("kind", KINDS),
        demands=entry.demands(),
        text=entry.text("text"),
        edition=entry.one_of("edition", EDITIONS, ASK),
        hosting=tuple(_read_hosting(entry)),
        languages=entry.words("languages") if entry.holds("languages") else (),
        levels=_read_levels(entry, sources, criteria),
        limits=tuple(_read_limit(part, sources) for part in entry.entries("limits")),
        price=_read_price(entry, sources),
        sources=tuple(sources[name] for name in named if name in sources),
        connector=entry.word("connector", ""),
    )
    entry.finish()
    return system


def _read_hosting(entry: Entry) -> list[Hosting]:
    words = entry.words("hosting") if entry.holds("hosting") else ()
    for word in words:
        if word not in list(Hosting):
            entry.fault("hosting", "not_one_of", word, ", ".join(Hosting))
    return [Hosting(word) for word in words if word in list(Hosting)]


def _read_levels(entry: Entry, sources: Mapping[str, Source], criteria: Sequence[str]) -> dict[str, Stated]:
    levels = {}
    for name, part in entry.named("levels").items():
        if name not in criteria:
            part.fault("level", "not_one_of", name, ", ".join(criteria))
        word = part.one_of("level", (ASK, *LEVEL_WORDS))
        levels[name] = Stated(LEVEL_WORDS.get(word), _pick_source(part, sources))
        part.finish()
    return levels


def _read_limit(entry: Entry, sources: Mapping[str, Source]) -> Limit:
    what = entry.one_of("what", LIMITED)
    is_open = entry.word("most") == "unlimited"
    most = None if is_open else entry.whole("most", 1, LARGEST_LIMIT)
    limit = Limit(what, most, _pick_source(entry, sources))
    entry.finish()
    return limit


def _read_price(entry: Entry, sources: Mapping[str, Source]) -> Price:
    if not entry.holds("price"):
        return Price(ASK, None, "", None)
    part = entry.entry("price")
    model = part.one_of("model", PRICE_MODELS)
    amount = part.whole("amount_minor", 0, LARGEST_LIMIT) if part.holds("amount_minor") else None
    currency = part.word("currency") if amount is not None else part.word("currency", "")
    most = part.whole("most_minor", amount or 0, LARGEST_LIMIT) if part.holds("most_minor") else None
    price = Price(model, amount, currency, None if model == ASK else _pick_source(part, sources), most)
    part.finish()
    return price


def _pick_source(entry: Entry, sources: Mapping[str, Source]) -> Source:
    """The source that an entry names: what is stated without one is a fault."""
    name = entry.word("source")
    if name in sources:
        return sources[name]
    if name:
        entry.fault("source", "not_one_of", name, ", ".join(sources))
    return Source("", Text("", "", "", ""), date.min)
