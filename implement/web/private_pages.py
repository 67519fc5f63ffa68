"""Pages that are opened by a link with a token: kept by nobody, found by no search."""

from werkzeug.wrappers import Response


def keep_private(response: Response) -> Response:
    """Let nothing of these pages be kept by a shared browser, nor be found by a search."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
