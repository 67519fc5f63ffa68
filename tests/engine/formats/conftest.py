"""A table engine, and the canonical writing of a few values."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import ibis
import pytest

from implement.engine.backend import Backend, open_backend
from implement.engine.formats import ColumnProfile, FormatSettings, canonical, profile_column

Written = tuple[ColumnProfile, list[str | None]]
Write = Callable[..., Written]


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[Backend]:
    with open_backend(scratch=tmp_path, memory_mb=256) as opened:
        yield opened


@pytest.fixture
def write(backend: Backend) -> Write:
    """Profile a column of these values and write each in the canonical way."""

    def profile_and_write(
        values: Sequence[str | None], name: str = "value", settings: FormatSettings | None = None
    ) -> Written:
        rows = [{"place": place, name: value} for place, value in enumerate(values)]
        table = backend.connection.create_table(
            backend.fresh_name(), ibis.memtable(rows, schema={"place": "int64", name: "string"})
        )
        profile = profile_column(table, name)
        written = table.select("place", text=canonical(table[name], profile, settings or FormatSettings()))
        return profile, written.order_by("place").to_pyarrow()["text"].to_pylist()

    return profile_and_write
