"""Clients that ask a server for one page over and over, each on a connection of its own."""

import socket
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

CLOCK_TICKS = 100


@dataclass(frozen=True)
class Answers:
    """What came back: how many, at which pace, how late, and what the server's processes spent on each."""

    count: int
    errors: int
    per_second: float
    median_ms: float
    p95_ms: float
    cpu_ms: float


def ask_for(address: tuple[str, int], path: str, cookie: str, server: int, *, clients: int, seconds: float) -> Answers:
    """Let so many clients ask for a page for so long; `server` is the process whose children answer."""
    until = time.monotonic() + seconds
    spans: list[list[float]] = [[] for _ in range(clients)]
    errors = [0] * clients
    request = (
        f"GET {path} HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\nCookie: {cookie}\r\nAccept-Language: de\r\n\r\n"
    ).encode()

    def ask(place: int) -> None:
        with socket.create_connection(address, timeout=30) as line:
            while time.monotonic() < until:
                began = time.perf_counter()
                errors[place] += not _answers_well(line, request)
                spans[place].append(time.perf_counter() - began)

    before, began = cpu_seconds(server), time.monotonic()
    _run_together([lambda place=place: ask(place) for place in range(clients)])  # type: ignore[misc]
    took, spent = time.monotonic() - began, cpu_seconds(server) - before
    found = sorted(span * 1000 for mine in spans for span in mine)
    p95 = found[int(0.95 * (len(found) - 1))]
    return Answers(len(found), sum(errors), len(found) / took, statistics.median(found), p95, 1000 * spent / len(found))


def cpu_seconds(process: int) -> float:
    """CPU seconds spent so far by a process and its living descendants."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()
    return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS + sum(cpu_seconds(int(child)) for child in children)


def _answers_well(line: socket.socket, request: bytes) -> bool:
    """Ask once and read the whole answer."""
    line.sendall(request)
    got = b""
    while b"\r\n\r\n" not in got:
        got += line.recv(1 << 16)
    head, _, body = got.partition(b"\r\n\r\n")
    length = next(int(row.split(b":")[1]) for row in head.split(b"\r\n") if row.lower().startswith(b"content-length"))
    missing = length - len(body)
    while missing > 0:
        missing -= len(line.recv(1 << 18))
    return head.split(b" ", 2)[1] == b"200"


def _run_together(calls: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
