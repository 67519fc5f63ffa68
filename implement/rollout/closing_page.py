"""The closing report as a document of its own and as a print, neither of which needs anything else."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from flask import current_app, render_template, request
from markupsafe import Markup

from implement.rollout.report_page import write_rollout_body
from implement.rollout.service.reports import ReportFrame
from implement.rollout.service.signatures import SignedBy, hash_bytes
from implement.web.pdf import render_pdf
from implement.web.texts import in_language


def write_document(rollout_id: int, frame: ReportFrame, *, language: str, made_by: str, made_at: datetime) -> bytes:
    """The report with its styles in it: the bytes that are signed."""
    with in_language(language):
        body, style = write_rollout_body(rollout_id, frame), Markup(f"<style>{_read_style()}</style>")
        around = {"frame": frame, "made_by": made_by, "made_at": made_at, "language": language, "style": style}
        return render_template("closing/parts/document.html", body=Markup(body), **around).encode()


def print_document(html: bytes, language: str, signed: Sequence[SignedBy] = ()) -> bytes:
    """Print the document; below it stand its fingerprint and who signed it."""
    with in_language(language):
        seal = render_template("report/_seal.html", sha256=hash_bytes(html), signed=signed)
    return render_pdf(html.decode().replace("</body>", f"{seal}</body>"), request.url_root)


@cache
def _read_style() -> str:
    """The styles of printed reports."""
    folder = Path(current_app.static_folder or "")
    return (folder / "paper.css").read_text("utf-8") + (folder / "document.css").read_text("utf-8")
