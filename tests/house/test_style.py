"""The code reads as the house style says."""

import pytest

from tests.house import style
from tests.house.source import Module, read_modules

DEMO = "implement.demo.hall_story"
SERVICE = "implement.stages.audit.service"
VIEWS = "implement.stages.audit.views"
ENGINE = "implement.engine.usage"
PAY = "implement.engine.pay.scale"

BREACHES = [
    (style.find_long_modules, ENGINE, "\n" * 301),
    (style.find_long_functions, ENGINE, "def measure():\n" + "    pass\n" * 51),
    (style.find_long_functions, VIEWS, "def overview():\n" + "    pass\n" * 26),
    (style.find_empty_words, "implement.web.utils", ""),
    (style.find_empty_words, ENGINE, "class RolloutManager:\n    pass\n"),
    (style.find_empty_words, ENGINE, "def handle_row():\n    pass\n"),
    (style.find_empty_words, ENGINE, "def score(*, data):\n    pass\n"),
    (style.find_empty_words, ENGINE, "user_info = 1\n"),
    (style.find_missing_docstrings, VIEWS, "import re\n"),
    (style.find_missing_docstrings, ENGINE, '"""Usage."""\ndef score():\n    pass\n'),
    (style.find_any, SERVICE, "from typing import Any\n"),
    (style.find_clocks, ENGINE, "import datetime\nnow = datetime.datetime.now()\n"),
    (style.find_clocks, SERVICE, "from datetime import date\nday = date.today()\n"),
    (style.find_clocks, SERVICE, "from implement.db import utc_now\nnow = utc_now()\n"),
    (style.find_days_of_greenwich, VIEWS, "today = utc_now().date()\n"),
    (style.find_days_of_greenwich, SERVICE, "def end(order):\n    return order.now.date()\n"),
    (style.find_days_of_greenwich, DEMO, "def tell(now):\n    return now.date()\n"),
    (style.find_chance, ENGINE, "import random\nshare = random.random()\n"),
    (style.find_chance, ENGINE, "import numpy as np\ndice = np.random.default_rng()\n"),
    (style.find_busy_views, VIEWS, "from sqlalchemy import select\n"),
    (style.find_busy_views, VIEWS, "def show():\n    return db.session.scalars(1)\n"),
    (style.find_busy_views, VIEWS, "def show(done, total):\n    return done / total\n"),
    (style.find_committing_services, SERVICE, "def open_gate():\n    db.session.commit()\n"),
    (style.find_floats_in_pay, PAY, "RATE = 0.5\n"),
    (style.find_floats_in_pay, PAY, "def pay(rate: float): ...\n"),
    (style.find_floats_in_pay, PAY, "def pay(amount, days): return amount / days\n"),
    (style.find_floats_in_pay, PAY, "amount = 3\namount /= 2\n"),
    (style.find_floats_in_pay, PAY, "amount = round(3)\n"),
    (style.find_swallowed_errors, ENGINE, "try:\n    pass\nexcept:\n    pass\n"),
    (style.find_unfinished_work, ENGINE, "# " + "TO" + "DO: later\n"),
]

RULES = sorted({rule for rule, _, _ in BREACHES}, key=lambda rule: rule.__name__)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__.removeprefix("find_"))
def test_the_house_keeps(rule: style.Rule) -> None:
    assert rule(read_modules()) == []


@pytest.mark.parametrize(("rule", "name", "text"), BREACHES, ids=[rule.__name__ for rule, _, _ in BREACHES])
def test_a_breach_is_found(rule: style.Rule, name: str, text: str) -> None:
    assert len(rule([Module(name, text)])) == 1


def test_plain_code_breaks_no_rule() -> None:
    text = '"""Usage."""\nimport random\n\ndef draw(seed: int):\n    """Draw."""\n    return random.Random(seed)\n'
    assert [rule.__name__ for rule in RULES if rule([Module(ENGINE, text)])] == []


def test_nine_functions_in_ten_are_short() -> None:
    assert style.share_of_short_functions(read_modules()) >= style.SHARE_OF_SHORT_FUNCTIONS


def test_long_functions_lower_the_share() -> None:
    long_function = "def measure():\n" + "    pass\n" * 30
    assert style.share_of_short_functions([Module(ENGINE, long_function)]) == 0
