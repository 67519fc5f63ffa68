"""A document as plain content: the same content gives the same bytes, and two versions tell what changed."""

from dataclasses import replace

from implement.engine.document import (
    Bullets,
    Document,
    DocumentChapter,
    Grid,
    LineChange,
    Paragraph,
    compare_documents,
    read_document,
    write_document,
)

FIRST = DocumentChapter("purpose", "Purpose", (Paragraph("Goal: no deal is lost"), Bullets(("Know", "Remember"))))
TABLE = DocumentChapter("fields", "Fields", (Paragraph("Deal", is_heading=True), Grid(("Field",), (("Stage",),))))
TERMS = Document("Terms", "en", (FIRST, TABLE))


def test_what_is_written_is_read_back_and_gives_the_same_bytes() -> None:  # M15
    again = read_document(write_document(TERMS))
    assert again == TERMS
    assert write_document(again) == write_document(TERMS)


def test_nothing_changed_between_the_same() -> None:
    assert compare_documents(TERMS, TERMS) == []


def test_a_changed_line_is_told_as_gone_and_new() -> None:  # M15
    later = replace(FIRST, blocks=(FIRST.blocks[0], Bullets(("Know", "Remember everything"))))
    change = compare_documents(TERMS, replace(TERMS, chapters=(later, TABLE)))[0]
    assert (change.key, change.kind) == ("purpose", "changed")
    assert change.lines == (LineChange(False, "Remember"), LineChange(True, "Remember everything"))


def test_chapters_come_and_go() -> None:
    other = DocumentChapter("risks", "Risks", (Paragraph("None known"),))
    changes = compare_documents(TERMS, replace(TERMS, chapters=(FIRST, other)))
    assert [(one.key, one.kind) for one in changes] == [("risks", "new"), ("fields", "gone")]


def test_a_row_of_a_table_is_a_line() -> None:
    grown = replace(TABLE, blocks=(TABLE.blocks[0], Grid(("Field",), (("Stage",), ("Amount",)))))
    change = compare_documents(TERMS, replace(TERMS, chapters=(FIRST, grown)))[0]
    assert change.lines == (LineChange(True, "Amount"),)
