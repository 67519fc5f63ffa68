"""One mapping of a checklist file, read key by key: each fault is noted with its place, none stops the reading."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

import yaml

from implement.engine.checklist.sheet.faults import SheetFault
from implement.engine.checklist.text import LANGUAGES, Text

_DEMAND = re.compile(r"M([1-9]\d{0,2})")
_LAST_DEMAND = 136
_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass
class Entry:
    """One mapping of a sheet. Asking for a key notes a fault where it is unusable and gives an empty value back."""

    file: str
    line: int
    item: str
    path: str
    faults: list[SheetFault]
    lines: dict[str, int] = field(default_factory=dict)
    nodes: dict[str, yaml.Node] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def fault(self, key: str, code: str, *values: str) -> None:
        """Note what is wrong with one key of this mapping."""
        line = self.nodes[key].start_mark.line + 1 if key in self.nodes else self.line
        self.faults.append(SheetFault(self.file, line, self.item, self._path(key), code, values))

    def holds(self, key: str) -> bool:
        """Whether the key is there at all."""
        self.asked.add(key)
        return key in self.nodes

    def names(self, key: str) -> bool:
        """Whether the key holds a single value, such as the name of a list that stands elsewhere."""
        return isinstance(self.nodes.get(key), yaml.ScalarNode)

    def word(self, key: str, default: str | None = None) -> str:
        """A single value as text; without a default it must be there."""
        if not self.holds(key) and default is not None:
            return default
        node = self.nodes.get(key)
        if node is not None and not isinstance(node, yaml.ScalarNode):
            self.fault(key, "not_a_word")
            return ""
        word = str(node.value).strip() if node is not None else ""
        if not word:
            self.fault(key, "missing")
        return word

    def begin(self, key: str = "id") -> str:
        """The id of an item that begins here: faults below name it, and keys are counted from it."""
        self.path = ""
        self.item = self.id(key)
        self.lines[self.item] = self.line
        return self.item

    def id(self, key: str = "id") -> str:
        """A stable id: lower-case words, joined by dots."""
        word = self.word(key)
        if word and not _ID.fullmatch(word):
            self.fault(key, "bad_id", word)
        return word

    def one_of(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        """One of a closed set of words; the first of them stands in for a faulty one."""
        word = self.word(key, default)
        if word in allowed:
            return word
        if word:
            self.fault(key, "not_one_of", word, ", ".join(allowed))
        return next(iter(allowed))

    def number(self, key: str) -> Fraction:
        """An exact number."""
        word = self.word(key)
        if _NUMBER.fullmatch(word):
            return Fraction(word)
        if word:
            self.fault(key, "not_a_number", word)
        return Fraction(0)

    def optional_number(self, key: str) -> Fraction | None:
        """An exact number, or None where the key is absent."""
        return self.number(key) if self.holds(key) else None

    def day(self, key: str) -> date:
        """A day as 2024-03-31; the first day there is stands in for a faulty one."""
        word = self.word(key)
        try:
            return date.fromisoformat(word)
        except ValueError:
            if word:
                self.fault(key, "not_a_day", word)
            return date.min

    def whole(self, key: str, lowest: int, highest: int) -> int:
        """A whole number within limits."""
        number = self.number(key)
        if number.denominator != 1 or not lowest <= number <= highest:
            self.fault(key, "not_whole", self.word(key), str(lowest), str(highest))
            return lowest
        return int(number)

    def words(self, key: str) -> tuple[str, ...]:
        """A list of single values; one value alone counts as a list of one."""
        self.holds(key)
        node = self.nodes.get(key)
        if isinstance(node, yaml.ScalarNode):
            return (self.word(key),)
        if not isinstance(node, yaml.SequenceNode):
            self.fault(key, "missing" if node is None else "not_a_list")
            return ()
        if not node.value:
            self.fault(key, "empty")
        if not all(isinstance(part, yaml.ScalarNode) for part in node.value):
            self.fault(key, "not_a_word")
            return ()
        return tuple(str(part.value).strip() for part in node.value)

    def demands(self, key: str = "demands") -> tuple[str, ...]:
        """Numbers of the demand list, such as M42."""
        demands = self.words(key)
        for demand in demands:
            match = _DEMAND.fullmatch(demand)
            if match is None or int(match[1]) > _LAST_DEMAND:
                self.fault(key, "bad_demand", demand)
        return demands

    def text(self, key: str) -> Text:
        """A wording that must be there in all four languages, with the same blanks in each."""
        return _read_text(self.entry(key))

    def optional_text(self, key: str) -> Text | None:
        """A wording in all four languages, or None where the key is absent."""
        return self.text(key) if self.holds(key) else None

    def texts(self, key: str) -> tuple[Text, ...]:
        """A list of wordings, each in all four languages."""
        return tuple(_read_text(entry) for entry in self.entries(key))

    def entry(self, key: str) -> "Entry":
        """The mapping below a key; an empty one where it is missing."""
        if not self.holds(key):
            self.fault(key, "missing")
        return self._below(key, self.nodes.get(key))

    def entries(self, key: str) -> list["Entry"]:
        """The list of mappings below a key; empty where the key is absent."""
        if not self.holds(key):
            return []
        node = self.nodes[key]
        if not isinstance(node, yaml.SequenceNode):
            self.fault(key, "not_a_list")
            return []
        return [self._below(key, part) for part in node.value]

    def named(self, key: str) -> dict[str, "Entry"]:
        """The mappings below a key by their own keys; empty where the key is absent."""
        if not self.holds(key):
            return {}
        outer = self._below(key, self.nodes[key])
        return {name: outer.entry(name) for name in outer.nodes}

    def finish(self) -> None:
        """Note every key that nobody asked for."""
        for key in self.nodes.keys() - self.asked:
            self.fault(key, "unknown_key")

    def _path(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _below(self, key: str, node: yaml.Node | None) -> "Entry":
        line = node.start_mark.line + 1 if node is not None else self.line
        entry = Entry(self.file, line, self.item, self._path(key), self.faults, self.lines)
        if isinstance(node, yaml.MappingNode):
            fill_entry(entry, node)
        elif node is not None:
            self.fault(key, "not_a_mapping")
        return entry


def fill_entry(entry: Entry, node: yaml.MappingNode) -> None:
    """Put the keys of a mapping into its entry; a key that stands twice is a fault."""
    for key, value in node.value:
        name = str(key.value)
        if name in entry.nodes:
            entry.fault(name, "twice")
        entry.nodes[name] = value


def _read_text(entry: Entry) -> Text:
    text = Text(**{language: _wording(entry, language) for language in LANGUAGES})
    for language in entry.nodes.keys() - set(LANGUAGES):
        entry.asked.add(language)
        entry.fault(language, "language_unknown", language)
    for language in LANGUAGES:
        if text.in_language(language) and text.blanks(language) != text.blanks("en"):
            entry.fault(language, "other_blanks", language)
    return text


def _wording(entry: Entry, language: str) -> str:
    if entry.holds(language):
        return " ".join(entry.word(language).split())
    entry.fault(language, "language_missing", language)
    return ""
