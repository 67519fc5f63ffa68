"""What may be under version control: nothing that only one machine knows, nothing secret, nothing large."""

import re
import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.house.source import ROOT, list_tracked_files, read_text, show

LARGEST_FILE_KB = 1024
ONE_MACHINE = re.compile(
    r"(?<![\w.:/>])/(?:work|tmp|root|home|Users|mnt|scratch|workspace)/\w[^\s\"'`)]*|\b[A-Z]:\\\w+"
)
PACKAGE_HOSTS = re.compile(r"https?://[^\s\"']*/simple\b|--(?:extra-)?index-url|--find-(?:links)|files\.pythonhosted")
SECRETS = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bghp_[A-Za-z0-9]{36}\b")
PRIVATE_ADDRESS = re.compile(r"(?<!\d\.)\b(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2,3}\b(?!\.\d)")


@dataclass(frozen=True)
class File:
    """A tracked file with its text, None where it holds no text."""

    name: str
    text: str | None
    size_kb: int


def read_files() -> list[File]:
    """Every file under version control."""
    return [File(show(path), read_text(path), path.stat().st_size // 1024) for path in list_tracked_files()]


def find_machine_paths(files: Iterable[File]) -> list[str]:
    """Paths and names that only one machine knows, this one's among them."""
    here = [re.escape(name) for name in _names_of_this_machine()]
    known_here = re.compile("|".join(here) or r"(?!)")
    return [
        f"{file.name}:{number} knows one machine: {found[0]}"
        for file, number, line in _lines(files)
        for found in [*ONE_MACHINE.finditer(line), *known_here.finditer(line)]
    ]


def find_hosts(files: Iterable[File]) -> list[str]:
    """Hosts of packages and private addresses; where packages come from is the machine's affair."""
    return [
        f"{file.name}:{number} names a host: {found[0]}"
        for file, number, line in _lines(files)
        for pattern in (PACKAGE_HOSTS, PRIVATE_ADDRESS)
        for found in pattern.finditer(line)
    ]


def find_secrets(files: Iterable[File]) -> list[str]:
    """Keys that open something."""
    return [f"{file.name}:{number} holds a secret" for file, number, line in _lines(files) if SECRETS.search(line)]


def find_large_files(files: Iterable[File]) -> list[str]:
    """Files that make every clone slower for ever."""
    return [f"{file.name} has {file.size_kb:,} kB" for file in files if file.size_kb > LARGEST_FILE_KB]


def find_unwanted(files: Iterable[File]) -> list[str]:
    """What a run leaves behind and nobody wants to keep."""
    unwanted = re.compile(
        r"(^|/)(__pycache__|var|artefacts|\.venv|\.idea|\.vscode)/|\.(pyc|sqlite|sqlite-wal|mo|log|orig|rej)$"
    )
    return [f"{file.name} is left behind" for file in files if unwanted.search(file.name)]


def _lines(files: Iterable[File]) -> Iterator[tuple[File, int, str]]:
    for file in files:
        for number, line in enumerate((file.text or "").splitlines(), start=1):
            yield file, number, line


def _names_of_this_machine() -> list[str]:
    """The path of this clone and this host's name, where they are long enough to be no common word."""
    host = socket.gethostname()
    paths = [str(path) for path in (ROOT, Path.home()) if len(path.parts) > 2]
    return paths + ([host] if len(host) > 8 and any(sign.isdigit() for sign in host) else [])
