"""A rendered chapter is read as plain content: paragraphs, lists and tables, without pictures and forms."""

from implement.engine.document import Bullets, Grid, Paragraph
from implement.engine.document_reading import read_blocks

CHAPTER = """
<h3>Cost</h3><p>The free version costs <strong>0&nbsp;€</strong> over three years.</p>
<figure><figcaption>Picture</figcaption><svg><text>12</text></svg></figure>
<table><thead><tr><th scope="col">Offer</th><th>Three years</th></tr></thead>
<tbody><tr><th scope="row">Free <span>version</span></th><td></td></tr><tr><th>Own server</th></tr></tbody></table>
<ul><li>Licence</li><li>  Support &amp; training </li></ul>
<form><p>Not said</p></form>
"""


def test_a_chapter_is_read_in_its_order() -> None:  # M15
    assert read_blocks(CHAPTER) == [
        Paragraph("Cost", is_heading=True),
        Paragraph("The free version costs 0 € over three years."),
        Grid(("Offer", "Three years"), (("Free version", ""), ("Own server", ""))),
        Bullets(("Licence", "Support & training")),
    ]


def test_nothing_gives_nothing() -> None:
    assert read_blocks("") == read_blocks("<svg><text>12</text></svg>") == []
