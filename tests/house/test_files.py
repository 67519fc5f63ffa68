"""Nothing is kept that only one machine knows, that is secret, or that makes every clone slower."""

from collections.abc import Callable, Iterable

import pytest

from tests.house import files
from tests.house.files import File, read_files

FindFiles = Callable[[Iterable[File]], list[str]]

BREACHES = [
    (files.find_machine_paths, File("README.md", "see /" + "home/alice/rollout.csv", 1)),
    (files.find_machine_paths, File("README.md", f"cd {files.ROOT}", 1)),
    (files.find_hosts, File("requirements.txt", "--" + "index-url https://packages.example", 1)),
    (files.find_hosts, File("settings.py", "HOST = '192.168." + "7.12'", 1)),
    (files.find_secrets, File("key", "-----BEGIN RSA " + "PRIVATE KEY-----", 1)),
    (files.find_large_files, File("deals.csv", "", 5000)),
    (files.find_unwanted, File("var/implement.sqlite", None, 12)),
]
RULES = sorted({rule for rule, _ in BREACHES}, key=lambda rule: rule.__name__)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_repository_keeps(rule: FindFiles) -> None:
    assert rule(read_files()) == []


@pytest.mark.parametrize(("rule", "file"), BREACHES, ids=[rule.__name__ for rule, _ in BREACHES])
def test_a_breach_is_found(rule: FindFiles, file: File) -> None:
    assert rule([file])


def test_an_address_of_a_page_is_no_path_of_a_machine() -> None:
    plain = File("README.md", "http://127.0.0.1:8000/home/waves and <int:id>/work/orders, tests/home/x.py", 1)
    assert files.find_machine_paths([plain]) == []


def test_the_tail_of_a_version_is_no_private_address() -> None:
    assert files.find_hosts([File("requirements.txt", "py4j==0.10.9.9", 1)]) == []
