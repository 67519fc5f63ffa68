"""Read paragraphs, lists and tables out of a rendered chapter, so that it can stand in a document as plain content."""

from html.parser import HTMLParser

from implement.engine.document import Block, Bullets, Grid, Paragraph

LEFT_OUT = frozenset({"svg", "figure", "form", "script", "style", "nav"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
CELLS = frozenset({"td", "th", "li", "p", "dt", "dd", *HEADINGS})


class _Reader(HTMLParser):
    """Collects blocks while it goes through the tags; what hangs in a table belongs to the table."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self._text: list[str] = []
        self._items: list[str] = []
        self._rows: list[list[str]] | None = None
        self._left_out = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row, a table, or what is left out."""
        self._left_out += tag in LEFT_OUT
        if tag == "table":
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in CELLS:
            self._text = []

    def handle_data(self, text: str) -> None:
        """Keep the words."""
        if not self._left_out:
            self._text.append(text)

    def handle_endtag(self, tag: str) -> None:
        """Close a cell, an item, a paragraph, a list or a table."""
        self._left_out -= tag in LEFT_OUT
        if tag == "table":
            self._close_table()
        elif tag in ("ul", "ol") and self._items:
            self.blocks.append(Bullets(tuple(self._items)))
            self._items = []
        elif tag in CELLS:
            self._close_cell(tag)

    def _close_cell(self, tag: str) -> None:
        said, self._text = " ".join("".join(self._text).split()), []
        if self._rows is not None:
            if tag in ("td", "th") and self._rows:
                self._rows[-1].append(said)
        elif tag == "li" and said:
            self._items.append(said)
        elif said:
            self.blocks.append(Paragraph(said, is_heading=tag in HEADINGS))

    def _close_table(self) -> None:
        rows, self._rows = [row for row in self._rows or () if row], None
        if rows:
            width = len(rows[0])
            even = (tuple((row + [""] * width)[:width]) for row in rows[1:])
            self.blocks.append(Grid(tuple(rows[0]), tuple(even)))


def read_blocks(html: str) -> list[Block]:
    """The paragraphs, lists and tables of a rendered chapter, in order; the first row of a table names its columns."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.blocks
