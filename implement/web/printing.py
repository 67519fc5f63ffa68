"""The renderer of PDF, loaded when the first page is printed; reads only own static files."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import current_app
from weasyprint import HTML, Document
from weasyprint.urls import URLFetcher, URLFetcherResponse

KINDS = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png"}


class OwnFiles(URLFetcher):
    """Serves files below the given URL paths from their folders and refuses everything else."""

    def __init__(self, folders: Mapping[str, Path]) -> None:
        super().__init__(allowed_protocols=())
        self._folders = folders

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The file behind the URL."""
        path = unquote(urlsplit(url).path)
        for below, folder in self._folders.items():
            file = (folder / path.removeprefix(below)).resolve()
            if path.startswith(below) and file.is_relative_to(folder.resolve()) and file.suffix in KINDS:
                return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": KINDS[file.suffix]})
        raise ValueError(f"a printed page reads only own files, not {url}")


def print_page(html: str, base_url: str) -> bytes:
    """The bytes of the PDF."""
    page = HTML(string=html, base_url=base_url, url_fetcher=OwnFiles(_static_folders()))
    return bytes(page.write_pdf(pdf_tags=True))


def lay_out(html: str) -> Document:
    """A part of a longer document on its pages; it carries its styles in itself and reads nothing else."""
    return HTML(string=html, url_fetcher=OwnFiles({})).render(pdf_tags=True)


def bind(parts: Sequence[Document]) -> bytes:
    """One PDF of the parts in their order."""
    pages = [page for part in parts for page in part.pages]
    return bytes(parts[0].copy(pages).write_pdf(pdf_tags=True))


def _static_folders() -> dict[str, Path]:
    """The URL paths of static files and the folders that hold them."""
    owners = (current_app, *current_app.blueprints.values())
    return {
        f"{(owner.static_url_path or '').rstrip('/')}/": Path(owner.static_folder)
        for owner in owners
        if owner.static_folder and owner.static_url_path
    }
