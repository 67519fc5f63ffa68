"""A document as plain content: chapters of paragraphs, lists and tables; its exact bytes, and what changed between two.

The same content gives the same bytes, whatever it is printed as.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Paragraph:
    """A sentence or a few; `is_heading` starts a part of the chapter."""

    text: str
    is_heading: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A table: its headings, then rows of as many cells."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Bullets | Grid


@dataclass(frozen=True)
class DocumentChapter:
    """A chapter; its key stays the same from version to version."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A document in one language."""

    title: str
    language: str
    chapters: tuple[DocumentChapter, ...]


@dataclass(frozen=True)
class LineChange:
    """One line that is gone or new."""

    is_new: bool
    text: str


@dataclass(frozen=True)
class ChapterChange:
    """What became of a chapter: new, gone, or its lines that changed."""

    key: str
    title: str
    kind: str
    lines: tuple[LineChange, ...]


def write_document(document: Document) -> bytes:
    """The exact bytes of the content: JSON in one way of writing."""
    plain = {
        "title": document.title,
        "language": document.language,
        "chapters": [
            {"key": one.key, "title": one.title, "blocks": [_plain(block) for block in one.blocks]}
            for one in document.chapters
        ],
    }
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_document(content: bytes) -> Document:
    """What `write_document` wrote."""
    plain = json.loads(content)
    chapters = (
        DocumentChapter(one["key"], one["title"], tuple(_read_block(block) for block in one["blocks"]))
        for one in plain["chapters"]
    )
    return Document(plain["title"], plain["language"], tuple(chapters))


def compare_documents(before: Document, after: Document) -> list[ChapterChange]:
    """Chapters that are new, gone or changed, in the order of the later document; those that went away last."""
    known = {one.key: one for one in before.chapters}
    changes = [_compare_chapter(known.pop(one.key, None), one) for one in after.chapters]
    gone = [
        ChapterChange(one.key, one.title, "gone", tuple(LineChange(False, line) for line in list_lines(one)))
        for one in known.values()
    ]
    return [one for one in changes if one is not None] + gone


def list_lines(chapter: DocumentChapter) -> list[str]:
    """A chapter as lines of text: a row of a table is a line."""
    return [line for block in chapter.blocks for line in _lines(block)]


def _compare_chapter(before: DocumentChapter | None, after: DocumentChapter) -> ChapterChange | None:
    new = list_lines(after)
    if before is None:
        return ChapterChange(after.key, after.title, "new", tuple(LineChange(True, line) for line in new))
    old = list_lines(before)
    lines = tuple(_changed_lines(old, new))
    return ChapterChange(after.key, after.title, "changed", lines) if lines else None


def _changed_lines(old: Sequence[str], new: Sequence[str]) -> Iterator[LineChange]:
    for tag, first, last, start, end in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (LineChange(False, line) for line in old[first:last])
            yield from (LineChange(True, line) for line in new[start:end])


def _lines(block: Block) -> Sequence[str]:
    if isinstance(block, Paragraph):
        return (block.text,)
    if isinstance(block, Bullets):
        return block.items
    return [" | ".join(cells) for cells in (block.headings, *block.rows)]


def _plain(block: Block) -> dict[str, object]:
    if isinstance(block, Paragraph):
        return {"heading" if block.is_heading else "text": block.text}
    if isinstance(block, Bullets):
        return {"items": list(block.items)}
    return {"headings": list(block.headings), "rows": [list(cells) for cells in block.rows]}


def _read_block(plain: Mapping[str, object]) -> Block:
    if "headings" in plain:
        headings, rows = plain["headings"], plain["rows"]
        assert isinstance(headings, list)
        assert isinstance(rows, list)
        return Grid(tuple(headings), tuple(tuple(cells) for cells in rows))
    if "items" in plain:
        items = plain["items"]
        assert isinstance(items, list)
        return Bullets(tuple(items))
    return Paragraph(str(plain.get("heading", plain.get("text"))), "heading" in plain)
