"""The terms of reference as a DOCX that word processors open; the same content gives the same bytes."""

from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as WordDocument

from implement.engine.document import Block, Bullets, Document, Grid, Paragraph

NO_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - Word writes days without a zone
FIRST_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
TABLE_STYLE, LIST_STYLE = "Light Grid Accent 1", "List Bullet"


def write_docx(document: Document, *, head: str, seal: str) -> bytes:
    """The document with a running head; `seal` names the fingerprint of what is signed."""
    word = docx.Document()
    core = word.core_properties
    core.title, core.author, core.language = document.title, "Implement", document.language
    core.created = core.modified = NO_DAY
    word.sections[0].header.paragraphs[0].text = head
    word.add_heading(document.title, 0)
    for number, chapter in enumerate(document.chapters, 1):
        word.add_heading(f"{number} {chapter.title}", 1)
        for block in chapter.blocks:
            _write_block(word, block)
    word.add_paragraph(seal)
    kept = BytesIO()
    word.save(kept)
    return _without_days(kept.getvalue())


def _write_block(word: WordDocument, block: Block) -> None:
    if isinstance(block, Paragraph):
        if block.is_heading:
            word.add_heading(block.text, 2)
        else:
            word.add_paragraph(block.text)
    elif isinstance(block, Bullets):
        for item in block.items:
            word.add_paragraph(item, style=LIST_STYLE)
    else:
        _write_grid(word, block)


def _write_grid(word: WordDocument, block: Grid) -> None:
    table = word.add_table(rows=len(block.rows) + 1, cols=len(block.headings), style=TABLE_STYLE)
    cells = iter(table._cells)  # asked row by row it costs the square of the rows
    for text in (text for line in (block.headings, *block.rows) for text in line):
        next(cells).text = text


def _without_days(content: bytes) -> bytes:
    """The same archive with its entries dated on the first day a ZIP knows."""
    written = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(written, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(ZipInfo(name, FIRST_ZIP_DAY), before.read(name), ZIP_DEFLATED)
    return written.getvalue()
