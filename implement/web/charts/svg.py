"""Make a drawn SVG fit a page: no inline style, themed colours, own ids, title and description, links on marks."""

import re
from collections.abc import Mapping
from hashlib import sha256
from xml.etree import ElementTree as ET

from markupsafe import Markup

from implement.web.charts.canvas import Canvas, mark_id, printable
from implement.web.charts.chart import Place
from implement.web.charts.tones import TONES

SVG = "http://www.w3.org/2000/svg"
ATTRIBUTES = frozenset({
    "fill", "fill-opacity", "font-weight", "opacity", "stroke", "stroke-dasharray", "stroke-dashoffset",
    "stroke-linecap", "stroke-linejoin", "stroke-opacity", "stroke-width", "text-anchor",
})  # fmt: skip
LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
GEOMETRY = ("d", "x", "y", "transform", "viewBox")


def page_svg(
    canvas: Canvas, title: str, description: str, links: Mapping[Place, str], words: Mapping[Place, str]
) -> Markup:
    """The drawing as it stands in a page; the bytes depend only on what is drawn and said."""
    root = ET.fromstring(re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>", "", canvas.to_svg(), flags=re.DOTALL))
    name = _short_hash(ET.tostring(root, encoding="unicode"), title, description, repr(sorted(links.items())))
    _drop_clutter(root)
    for element in root.iter():
        _style_to_attributes(element)
        _round_geometry(element)
    _dress_marks(root, links, words)
    _drop_ids(root)
    _introduce(root, canvas, name, title, description, has_links=bool(links))
    return Markup(_written(root))


def _short_hash(*parts: str) -> str:
    return "c" + sha256("\0".join(parts).encode()).hexdigest()[:10]


def _drop_clutter(root: ET.Element) -> None:
    """Drop metadata and the style element, whose two rules become attributes of the root."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{{{SVG}}}metadata", f"{{{SVG}}}style"):
                parent.remove(child)
    for empty in [child for child in root if child.tag == f"{{{SVG}}}defs" and not len(child)]:
        root.remove(empty)
    root.set("stroke-linejoin", "round")


def _style_to_attributes(element: ET.Element) -> None:
    """Turn `style` into presentation attributes, colours of the palette into classes, the ink into currentColor."""
    classes = []
    for rule in element.attrib.pop("style", "").split(";"):
        name, _, value = (part.strip() for part in rule.partition(":"))
        if name == "font-size":
            element.set(name, value.removesuffix("px"))
        elif name in ATTRIBUTES:
            tone = TONES.get(value) if name in ("fill", "stroke") else None
            element.set(name, "currentColor" if tone == "ink" else value)
            classes += [f"{name[0]}-{tone}"] if tone and tone != "ink" else []
    if element.tag == f"{{{SVG}}}text" and "fill" not in element.attrib:
        element.set("fill", "currentColor")
    if classes:
        element.set("class", " ".join(classes))


def _round_geometry(element: ET.Element) -> None:
    for name in GEOMETRY:
        if name in element.attrib:
            rounded = LONG_NUMBER.sub(lambda found: f"{float(found.group()):.2f}", element.attrib[name])
            element.set(name, " ".join(rounded.split()))
    if element.get("transform", "").startswith("rotate(-0 "):
        del element.attrib["transform"]


def _dress_marks(root: ET.Element, links: Mapping[Place, str], words: Mapping[Place, str]) -> None:
    """Give each mark its words as a tooltip and its link; the keyboard finds the link in the table behind."""
    found = {element.get("id"): element for element in root.iter(f"{{{SVG}}}g")}
    for place in {*links, *words}:
        mark = found.get(mark_id(place))
        if mark is None:
            continue
        inside = mark
        if place in links:
            inside = ET.Element(f"{{{SVG}}}a", {"href": links[place], "tabindex": "-1"})
            inside.extend(list(mark))
            mark[:] = [inside]
        if place in words:
            inside.insert(0, _element("title", words[place]))


def _drop_ids(root: ET.Element) -> None:
    """Drop matplotlib's ids, which would clash between charts; nothing refers to them."""
    for element in root.iter():
        element.attrib.pop("id", None)


def _introduce(root: ET.Element, canvas: Canvas, name: str, title: str, description: str, *, has_links: bool) -> None:
    """Say what the picture is; a picture with links is a group, because nobody can enter an image."""
    root.attrib.pop("version", None)
    root.attrib.update({
        "class": "chart-svg is-wide" if canvas.width > 800 else "chart-svg",
        "role": "group" if has_links else "img",
        "aria-labelledby": f"{name}-title",
        "aria-describedby": f"{name}-desc",
        "width": f"{canvas.width:g}",
        "height": f"{canvas.height:g}",
        "viewBox": f"0 0 {canvas.width:g} {canvas.height:g}",
    })  # fmt: skip
    root.insert(0, _element("desc", description, f"{name}-desc"))
    root.insert(0, _element("title", title, f"{name}-title"))


def _element(tag: str, words: str, name: str | None = None) -> ET.Element:
    made = ET.Element(f"{{{SVG}}}{tag}", {"id": name} if name else {})
    made.text = printable(words)
    return made


def _written(root: ET.Element) -> str:
    """The tree without name prefixes, as HTML wants it."""
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{SVG}}}")
        element.tail = None
        if element.text and not element.text.strip():
            element.text = None
    root.set("xmlns", SVG)
    return ET.tostring(root, encoding="unicode")
