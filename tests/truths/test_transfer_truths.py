"""Counted truths of real CRM tables and of copies others published, through the command line (make check-data)."""

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest

from implement.commands import reconcile

pytestmark = pytest.mark.truths

Finding = dict[str, str]


def _reconcile(source: Path, target: Path, folder: Path) -> tuple[int, list[Finding]]:
    out = folder / "findings.csv"
    code = reconcile.run([str(source), str(target), "--out", str(out)])
    with out.open(encoding="utf-8", newline="") as file:
        return code, list(csv.DictReader(file))


def _harmful(findings: list[Finding]) -> Counter[str]:
    return Counter(row["class"] for row in findings if row["class"] not in ("reformatted", "extra"))


def test_copy_1_changed_only_its_date_format_and_raises_no_alarm(truths: Path, tmp_path: Path) -> None:  # M29
    pipeline = truths / "maven_crm/source/sales_pipeline.csv"
    code, findings = _reconcile(pipeline, truths / "maven_crm/copies/copy_1", tmp_path)
    assert (code, _harmful(findings)) == (0, Counter())
    assert {row["field"] for row in findings} == {"engage_date", "close_date"}


def test_copy_2_lost_all_its_open_deals_although_the_won_value_is_equal(truths: Path, tmp_path: Path) -> None:  # M29
    pipeline = truths / "maven_crm/source/sales_pipeline.csv"
    code, findings = _reconcile(pipeline, truths / "maven_crm/copies/copy_2", tmp_path)
    assert (code, _harmful(findings)) == (1, Counter(dropped=2089))
    causes = {row["cause"] for row in findings if row["class"] == "dropped"}
    assert len(causes) == 1
    assert "open" in causes.pop()


def test_copy_3_mapped_the_product_name_and_is_no_loss(truths: Path, tmp_path: Path) -> None:
    pipeline = truths / "maven_crm/source/sales_pipeline.csv"
    code, findings = _reconcile(pipeline, truths / "maven_crm/copies/copy_3", tmp_path)
    assert (code, _harmful(findings)) == (0, Counter())
    products = [row for row in findings if row["field"] == "product"]
    assert [(row["source_id"], row["target_id"], row["class"]) for row in products] == [("", "", "reformatted")]


def test_a_table_compared_with_itself_has_no_finding(truths: Path, tmp_path: Path) -> None:
    for source in ("maven_crm/source", "northwind/northwind.sqlite", "ravenstack_saas", "atomic_contacts", "fake_1000"):
        code, findings = _reconcile(truths / source, truths / source, tmp_path)
        assert (code, findings) == (0, []), source


def test_a_re_encoded_copy_has_no_harmful_finding(truths: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(truths / "maven_crm/source", copy)
    for file in copy.glob("*.csv"):
        rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
        file.chmod(0o644)
        file.write_bytes("\r\n".join(";".join(row) for row in rows).encode("utf-16"))
    code, findings = _reconcile(truths / "maven_crm/source", copy, tmp_path)
    assert (code, _harmful(findings)) == (0, Counter())
