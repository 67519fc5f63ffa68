"""What programs meet instead of pages: the API's description (OpenAPI) and faults as JSON."""

from typing import Any

from flask import Flask, Response, jsonify, request
from flask_smorest import Api
from werkzeug.exceptions import HTTPException

from implement.web.access import public

PREFIX = "/api/"
HEADERS = {401: {"WWW-Authenticate": "Bearer"}, 429: {"Retry-After": "60"}}


class ProgramsApi(Api):
    """The API; only what programs ask for is answered in JSON, pages stay pages."""

    def _register_error_handlers(self) -> None:
        """Faults that programs meet are answered as JSON."""
        self._app.register_error_handler(HTTPException, answer_program)

    @public
    def _openapi_json(self) -> Any:
        """The description, for everybody: it tells nothing of any rollout."""
        return super()._openapi_json()


def init_app(app: Flask) -> ProgramsApi:
    """Describe the API of the application under /api/v1/openapi.json."""
    app.config.setdefault("API_TITLE", "Implement")
    app.config.setdefault("API_VERSION", "v1")
    app.config.setdefault("OPENAPI_VERSION", "3.1.0")
    app.config.setdefault("OPENAPI_URL_PREFIX", "/api/v1")
    app.config.setdefault("OPENAPI_JSON_PATH", "openapi.json")
    api = ProgramsApi(app)
    api.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    app.extensions["implement_api"] = api
    return api


def answer_program(error: HTTPException) -> Response | HTTPException:
    """A program's fault as JSON; a page's stays as it is."""
    return answer_fault(error.code or 500, error.description or "") if is_asked_by_program() else error


def is_asked_by_program() -> bool:
    """True for requests to the API."""
    return request.path.startswith(PREFIX)


def answer_fault(status: int, message: str, faults: list[dict[str, object]] | None = None) -> Response:
    """A fault as programs read it: status, a sentence, and where it lies."""
    answer = jsonify({"status": status, "message": message, "faults": faults or []})
    answer.status_code = status
    answer.headers.update(HEADERS.get(status, {}))
    return answer
