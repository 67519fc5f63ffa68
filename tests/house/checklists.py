"""What every checklist keeps, whatever it asks: four languages, stable ids, demands that exist, nothing said twice."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from tests.house.source import ROOT

LANGUAGES = ("en", "de", "pl", "ru")
LAST_DEMAND = 136
ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
BLANK = re.compile(r"\{[^}]*\}")
LEFT_IN_ENGLISH = 24
CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)

Node = dict[str, "Node"] | list["Node"] | str | int | float | bool | None


class StrictLoader(yaml.CSafeLoader):
    """Reads YAML and refuses a key that stands twice, of which the first would be lost silently."""


def _refuse_twins(loader: StrictLoader, node: yaml.MappingNode) -> dict[object, object]:
    keys = Counter(loader.construct_object(key) for key, _ in node.value)
    twins = [key for key, count in keys.items() if count > 1]
    if twins:
        raise yaml.constructor.ConstructorError(None, None, f"{twins[0]} stands twice", node.start_mark)
    return loader.construct_mapping(node, deep=True)


StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _refuse_twins)


def list_files() -> list[Path]:
    """The files that hold checklists."""
    return sorted((ROOT / "checklists").rglob("*.yaml"))


@cache
def read_file(path: Path) -> Node:
    """One of the house's checklists, read once for all rules."""
    return read_checklist(path.read_text(encoding="utf-8"))


def read_checklist(text: str) -> Node:
    """One checklist; raises `yaml.YAMLError` when it is not sound."""
    node: Node = yaml.load(text, Loader=StrictLoader)  # noqa: S506
    return node


def find_missing_languages(node: Node) -> list[str]:
    """Texts that lack a language, are left in English, or fill other blanks than the English."""
    return [fault for where, text in _texts(node, "") for fault in _text_faults(where, text)]


def find_bad_ids(node: Node) -> list[str]:
    """Ids that are malformed or stand twice among their neighbours; questions are unique in the whole pack."""
    ids = [str(inner[name]) for inner in _mappings(node) for name in ("id", "key") if name in inner]
    questions = Counter(str(inner["id"]) for inner in _mappings(node) if "weight" in inner)
    malformed = [f"{name} is no id" for name in ids if not ID.fullmatch(name)]
    neighbours = (Counter(_ids(inner)) for inner in _lists(node))
    twins = [
        f"{name} stands twice" for counts in (questions, *neighbours) for name, count in counts.items() if count > 1
    ]
    return malformed + sorted(set(twins))


def find_bad_demands(node: Node) -> list[str]:
    """Demands that are not on the list of demands, and questions that answer none."""
    known = {f"M{number}" for number in range(1, LAST_DEMAND + 1)}
    named = [(inner.get("id"), inner.get("demands")) for inner in _mappings(node) if "demands" in inner]
    unknown = [f"{name}: {demand} is no demand" for name, demands in named for demand in _strings(demands) - known]
    silent = [f"{inner.get('id')} names no demand" for inner in _questions(node) if not inner.get("demands")]
    return unknown + silent


def find_thin_questions(node: Node) -> list[str]:
    """Questions without a weight, somebody to ask, or a reason why."""
    return [
        f"{question.get('id')} lacks {part}"
        for question in _questions(node)
        for part in ("id", "weight", "role", "text", "why")
        if not question.get(part)
    ]


def _text_faults(where: str, text: dict[str, Node]) -> Iterator[str]:
    english = str(text.get("en") or "")
    for language in LANGUAGES:
        said = str(text.get(language) or "").strip()
        if not said:
            yield f"{where} has no {language}"
        elif sorted(BLANK.findall(said)) != sorted(BLANK.findall(english)):
            yield f"{where} fills other blanks in {language}"
        elif language != "en" and said == english and len(said) >= LEFT_IN_ENGLISH:
            yield f"{where} is left in English in {language}"
    russian = str(text.get("ru") or "")
    if len(russian) >= LEFT_IN_ENGLISH and not CYRILLIC.search(russian):
        yield f"{where} is not written in Russian"


def _texts(node: Node, where: str) -> Iterator[tuple[str, dict[str, Node]]]:
    """Each text in several languages with the way to it."""
    if isinstance(node, list):
        for number, inner in enumerate(node):
            yield from _texts(inner, f"{where}[{number}]")
    elif isinstance(node, dict) and set(node) & set(LANGUAGES):
        yield where, node
    elif isinstance(node, dict):
        name = str(node.get("id") or where)
        for key, inner in node.items():
            yield from _texts(inner, f"{name}.{key}")


def _mappings(node: Node) -> Iterator[dict[str, Node]]:
    if isinstance(node, dict):
        yield node
    for inner in _inner(node):
        yield from _mappings(inner)


def _lists(node: Node) -> Iterator[list[Node]]:
    if isinstance(node, list):
        yield node
    for inner in _inner(node):
        yield from _lists(inner)


def _inner(node: Node) -> list[Node]:
    if isinstance(node, dict):
        return list(node.values())
    return node if isinstance(node, list) else []


def _questions(node: Node) -> list[dict[str, Node]]:
    """The questions of a checklist: what is asked and weighed."""
    return [inner for inner in _mappings(node) if "weight" in inner or {"id", "role"} <= set(inner)]


def _ids(nodes: list[Node]) -> list[str]:
    return [str(node[name]) for node in nodes if isinstance(node, dict) for name in ("id", "key") if name in node]


def _strings(node: Node) -> set[str]:
    return {str(inner) for inner in node} if isinstance(node, list) else {str(node)}
