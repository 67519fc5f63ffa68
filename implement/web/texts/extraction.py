"""Find every text that people see: marked ones in code and templates, tables of texts in the engine, unmarked ones."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from jinja2 import Environment

ROOT = Path(__file__).parent.parent.parent.parent
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "_n": (1, 2), "lazy": None, "lazy_n": (1, 2)}
MARK = re.compile(rb"\b(?:_n?|lazy(?:_n)?)\(")
MessageId = str | tuple[str, str]
WORD = re.compile(r"[^\W\d_]{2,}")
NAMES = re.compile(r"\b(?:Implement|SHA-256|CRM|CSV|PDF|XLSX)\b")
SAID_ATTRIBUTES = frozenset({"alt", "title", "placeholder", "aria-label", "label"})


def extract_messages(root: Path = ROOT) -> set[MessageId]:
    """Every text of the product that is to be translated, as it stands in English."""
    files = [*(root / "implement").rglob("*.py"), *(root / "templates").rglob("*.html")]
    return {message for path in files for message in _messages_of(path.suffix, path.read_bytes())}


def find_bare_texts(root: Path = ROOT) -> list[tuple[str, str]]:
    """Words in templates that nobody marked for translation, with the template they stand in."""
    pages = sorted((root / "templates").rglob("*.html"))
    return [(str(path.relative_to(root)), text) for path in pages for text in bare_texts(path.read_text("utf-8"))]


def bare_texts(template: str) -> list[str]:
    """The words of one template that stand outside every `_(…)`, but for names that read alike everywhere."""
    source = "".join(
        value if kind == "data" else "\x1a" if kind in ("variable_end", "block_end") else ""
        for _line, kind, value in Environment().lex(template)  # noqa: S701 (nothing is rendered here)
    )
    reader = _SaidWords()
    reader.feed(source)
    return [text for text in reader.found if WORD.search(NAMES.sub("", text))]


class _SaidWords(HTMLParser):
    """Collects what a reader would read or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("style", "script", "code")
        self.found += [value for name, value in attrs if name in SAID_ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("style", "script", "code")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found += [part.strip() for part in data.split("\x1a") if part.strip()]


@cache
def _messages_of(suffix: str, content: bytes) -> frozenset[MessageId]:
    """The texts of one file; looked for once as long as it reads the same."""
    if suffix == ".html":
        return frozenset(_marked("jinja2.ext:babel_extract", content, {"trimmed": "true", "silent": "false"}))
    found = set(_marked("python", content, {})) if MARK.search(content) else set()
    return frozenset(found | set(_text_tables(content)) if b"_TEXTS" in content else found)


def _marked(method: str, content: bytes, options: dict[str, str]) -> Iterator[MessageId]:
    for _line, message, _comments, _context in extract(method, BytesIO(content), KEYWORDS, options=options):
        yield message if isinstance(message, str) else (message[0], message[1])


def _text_tables(content: bytes) -> Iterator[MessageId]:
    """Texts of a table named …_TEXTS, as the engine keeps them, and pairs in one named …_COUNTED_TEXTS."""
    for node in ast.parse(content).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if not isinstance(target, ast.Name) or not target.id.endswith("_TEXTS") or value is None:
            continue
        yield from _pairs(value) if target.id.endswith("_COUNTED_TEXTS") else _strings(value)


def _strings(table: ast.AST) -> Iterator[str]:
    inside = table.values if isinstance(table, ast.Dict) else [table]
    for part in inside:
        for node in ast.walk(part):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _pairs(table: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(table):
        if isinstance(node, ast.Tuple) and all(isinstance(part, ast.Constant) for part in node.elts):
            one, many = (str(part.value) for part in node.elts if isinstance(part, ast.Constant))
            yield one, many
