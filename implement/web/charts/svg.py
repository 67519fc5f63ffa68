"""Make a drawn SVG fit a page: nothing inline, themed colours, title and description, true text, links on marks."""

import re
from collections.abc import Mapping
from hashlib import sha256
from xml.etree import ElementTree as ET

from markupsafe import Markup

from implement.web.charts.canvas import MARKS, TEXT_SIZE, Canvas, Words, printable
from implement.web.charts.chart import Place
from implement.web.charts.tones import COLOURS, INK, TONES

SVG = "http://www.w3.org/2000/svg"
ATTRIBUTES = frozenset(
    {"fill", "fill-opacity", "opacity", "stroke", "stroke-dasharray", "stroke-linecap", "stroke-width"}
)
LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")


def page_svg(
    canvas: Canvas, title: str, description: str, links: Mapping[Place, str], words: Mapping[Place, str]
) -> Markup:
    """The drawing as it stands in a page; the bytes depend only on what is drawn and said."""
    drawn = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*?</metadata>", "", canvas.to_svg(), flags=re.DOTALL)
    name = (
        "c" + sha256("\0".join([drawn, title, description, repr(links), repr(canvas.words)]).encode()).hexdigest()[:10]
    )
    root = ET.Element("svg", _head(canvas, name, has_links=bool(links)))
    root.append(_element("title", title, name=f"{name}-title"))
    root.append(_element("desc", description, name=f"{name}-desc"))
    for group in ET.fromstring(drawn).iter(f"{{{SVG}}}g"):
        root.extend(_shapes(group, canvas, links, words) if group.get("id") == MARKS else _plain_shapes(group))
    written = ET.SubElement(root, "g", {"font-size": f"{TEXT_SIZE:g}"})
    written.extend(_text(one) for one in canvas.words)
    return Markup(ET.tostring(root, encoding="unicode"))


def _head(canvas: Canvas, name: str, *, has_links: bool) -> dict[str, str]:
    """What the picture is; one with links is a group, because nobody can enter an image."""
    return {
        "xmlns": SVG,
        "class": _width_class(canvas.width),
        "role": "group" if has_links else "img",
        "aria-labelledby": f"{name}-title",
        "aria-describedby": f"{name}-desc",
        "width": f"{canvas.width:.0f}",
        "height": f"{canvas.height:.0f}",
        "viewBox": f"0 0 {canvas.width:.0f} {canvas.height:.0f}",
    }


def _width_class(width: float) -> str:
    """Wide pictures scroll, narrow ones fit a phone, the others fill the page."""
    return "chart-svg is-wide" if width > 800 else "chart-svg is-narrow" if width < 400 else "chart-svg"


def _plain_shapes(group: ET.Element) -> list[ET.Element]:
    return [_shape(path) for path in group.findall(f"{{{SVG}}}path")]


def _shapes(
    group: ET.Element, canvas: Canvas, links: Mapping[Place, str], words: Mapping[Place, str]
) -> list[ET.Element]:
    """The marks, each with its words as a tooltip and its link; the keyboard finds the link in the table behind."""
    shapes = _plain_shapes(group)
    for number, (mark, shape) in enumerate(zip(canvas.marks, shapes, strict=True)):
        if mark.place is None:
            continue
        if mark.place in words:
            shape.append(_element("title", words[mark.place]))
        if mark.place in links:
            link = ET.Element("a", {"href": links[mark.place], "tabindex": "-1"})
            link.append(shape)
            shapes[number] = link
    return shapes


def _shape(path: ET.Element) -> ET.Element:
    """A path with its style as attributes: colours of the palette as classes, the ink as currentColor."""
    made = ET.Element("path", {"d": " ".join(_rounded(path.get("d", "")).split())})
    classes = []
    for rule in path.get("style", "").split(";"):
        name, _, value = (part.strip() for part in rule.partition(":"))
        if name in ATTRIBUTES:
            tone = TONES.get(value) if name in ("fill", "stroke") else None
            made.set(name, "currentColor" if tone == INK else value)
            classes += [f"{name[0]}-{tone}"] if tone and tone != INK else []
    if classes:
        made.set("class", " ".join(classes))
    return made


def _text(words: Words) -> ET.Element:
    """Words as text, in the letters of the page."""
    made = _element("text", words.text)
    made.attrib.update({"x": f"{words.x:.1f}", "y": f"{words.y:.1f}"})
    made.set("fill", "currentColor" if words.tone == INK else COLOURS[words.tone])
    if words.tone != INK:
        made.set("class", f"f-{words.tone}")
    if words.anchor != "start":
        made.set("text-anchor", words.anchor)
    if words.bold:
        made.set("font-weight", "700")
    return made


def _element(tag: str, words: str, name: str | None = None) -> ET.Element:
    made = ET.Element(tag, {"id": name} if name else {})
    made.text = printable(words)
    return made


def _rounded(geometry: str) -> str:
    return LONG_NUMBER.sub(lambda found: f"{float(found.group()):.2f}", geometry)
