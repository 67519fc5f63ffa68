"""The catalogue that comes with the product states nothing without a source; a consultancy's own is read strictly."""

from datetime import date
from pathlib import Path

import pytest

from implement.engine.checklist import UnusableSheet
from implement.engine.choice import TODAY, Catalogue, Hosting, join_catalogues, load_guide, read_catalogue

CHECKLISTS = Path(__file__).parents[3] / "checklists"
GUIDE = load_guide(CHECKLISTS / "choice.yaml")
CRITERIA = [one.id for one in GUIDE.criteria]
SHIPPED = (CHECKLISTS / "crm_catalogue.yaml").read_bytes()

OWN = """
id: north.catalogue
version: "1"
sources:
  - id: call
    as_of: "2026-11-02"
    text: {en: A call, de: Ein Anruf, pl: Rozmowa, ru: Звонок}
systems:
  - id: megaplan_free
    name: Megaplan Free
    kind: free
    demands: [M84]
    sources: [call]
    text: {en: Asked by us, de: Von uns gefragt, pl: Pytaliśmy, ru: Спросили мы}
    limits:
      - {what: accounts, most: "5", source: call}
    levels:
      api: {level: "no", source: call}
"""


def read(text: str) -> Catalogue:
    return read_catalogue(text.encode(), "own.yaml", CRITERIA)


def test_every_system_of_the_two_lists_stands_in_the_catalogue() -> None:  # M83 M84
    shipped = read_catalogue(SHIPPED, "catalogue", CRITERIA)
    paid = [one.id for one in shipped.systems if "M83" in one.demands]
    free = [one.id for one in shipped.systems if "M84" in one.demands]
    assert (len(paid), len(free)) == (10, 7)
    assert next(one.id for one in shipped.systems if one.kind == TODAY) == "spreadsheet"


def test_what_is_stated_names_its_source_and_day() -> None:
    shipped = read_catalogue(SHIPPED, "catalogue", CRITERIA)
    stated = [level for one in shipped.systems for level in one.levels.values()]
    limits = [limit for one in shipped.systems for limit in one.limits]
    assert stated and limits
    assert all(one.source is not None and one.source.as_of > date(2000, 1, 1) for one in [*stated, *limits])


def test_limits_of_the_free_edition_are_ten_accounts_and_a_hundred_persons() -> None:  # M84
    system = read_catalogue(SHIPPED, "catalogue", CRITERIA).system("megaplan_free")
    assert system is not None
    assert [(limit.what, limit.most) for limit in system.limits] == [("accounts", 10), ("records", 100)]


def test_hosting_is_known_where_the_overview_says_it() -> None:  # M83 M68 M69
    shipped = read_catalogue(SHIPPED, "catalogue", CRITERIA)
    hosting = {one.id: one.hosting for one in shipped.systems}
    assert hosting["asoft"] == (Hosting.SAAS,)
    assert hosting["bitrix24"] == (Hosting.SAAS, Hosting.OWN_SERVER)
    assert hosting["storverk"] == ()


def test_a_source_is_stale_after_a_year() -> None:
    system = read(OWN).systems[0]
    source = system.oldest_source
    assert source is not None
    assert not source.is_stale(date(2027, 11, 2))
    assert source.is_stale(date(2027, 11, 3))


def test_an_entry_of_ones_own_takes_the_place_of_the_shipped_one() -> None:
    joined = join_catalogues(read_catalogue(SHIPPED, "catalogue", CRITERIA), [read(OWN)])
    system = joined.system("megaplan_free")
    assert system is not None
    assert system.limits[0].most == 5
    assert len(joined.systems) == len(read_catalogue(SHIPPED, "catalogue", CRITERIA).systems)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('as_of: "2026-11-02"', 'as_of: "last year"', "not_a_day"),
        ("source: call}\n    levels", "source: hearsay}\n    levels", "not_one_of"),
        ("      api:", "      magic:", "not_one_of"),
        ("kind: free", "kind: cheap", "not_one_of"),
        ('most: "5"', 'most: "many"', "not_a_number"),
        ("    demands: [M84]\n", "    demands: [M84]\n    stars: five\n", "unknown_key"),
    ],
)
def test_a_faulty_catalogue_is_refused_with_the_place(old: str, new: str, code: str) -> None:
    assert old in OWN
    with pytest.raises(UnusableSheet) as refusal:
        read(OWN.replace(old, new))
    assert code in {fault.code for fault in refusal.value.faults}
    assert all(fault.line > 1 for fault in refusal.value.faults)


def test_every_criterion_can_be_asked_and_shown() -> None:  # M67 M70 M71 M72 M73 M74 M75
    functions = [one for one in GUIDE.criteria if one.is_function]
    assert [one.demands[0] for one in functions] == ["M70", "M71", "M72", "M73", "M74", "M75"]
    assert all(one.question.en.endswith("?") and one.show.en for one in GUIDE.criteria)


def test_arguments_speak_only_when_their_facts_hold() -> None:  # M59 M68 M69 M106
    spoken = {one.id for one in GUIDE.arguments if one.speaks({"no_server_staff", "own_chain"})}
    assert {"saas_no_server", "tailored_chain"} <= spoken
    assert not {"own_code", "industry_usual", "free_fits"} & spoken


def test_each_expected_gain_brings_its_measure() -> None:  # M63 M66 M62
    demands = [demand for one in GUIDE.gains for demand in one.demands]
    assert (demands.count("M63"), demands.count("M66"), demands.count("M62")) == (4, 4, 3)
    assert all(one.measure.en for one in GUIDE.gains)


def test_a_price_is_a_list_price_with_its_day_and_address_or_is_to_be_asked() -> None:  # M83
    found = {one.id: one.price for one in read_catalogue(SHIPPED, "crm_catalogue.yaml", CRITERIA).systems}
    dynamics, kommo = found["dynamics"], found["amocrm"]
    assert (dynamics.amount_minor, dynamics.most_minor, dynamics.currency) == (6500, 13500, "USD")
    assert (kommo.model, kommo.amount_minor) == ("per_seat_month", None)
    stated = [price for price in found.values() if price.model not in ("ask", "free")]
    assert len(stated) == 3 and all(price.source and price.source.address for price in stated)


def test_a_dearest_edition_below_the_cheapest_is_refused() -> None:
    wrong = SHIPPED.replace(b"most_minor: 13500", b"most_minor: 100")
    with pytest.raises(UnusableSheet):
        read_catalogue(wrong, "crm_catalogue.yaml", CRITERIA)
