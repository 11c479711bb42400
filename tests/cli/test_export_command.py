"""``workbench export``: files that open again, and a session that comes back equal."""

import io
import json
import shutil

import openpyxl
import pandas
import polars
import pytest
from click.testing import CliRunner

from workbench.cli.main import build
from workbench.domain.proposals import Proposals
from workbench.errors import WorkbenchError
from workbench.present.i18n import translator
from workbench.prioritisation import prioritise
from workbench.publishing.exports import CONTENTS, FORMATS
from workbench.store.outcome_parquet import parquet_bytes
from workbench.store.session_folder import open_session
from workbench.store.session_writing import session_files, write_session

CODE = "99.01.01"


@pytest.fixture(scope="module")
def folder(project_root, tmp_path_factory):
    place = tmp_path_factory.mktemp("ekspor") / "contoh"
    opened = open_session(project_root / "data/contoh")
    session = opened.session.within(CODE)
    few = session.proposals.frame.iloc[:60]
    few.loc[few.index[0], "activity"] = "=1+1 jalan"
    write_session(place, session.of_proposals(Proposals(few)), opened.rules)
    return place


@pytest.fixture(scope="module")
def made(folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("hasil")
    formats = [word for form in FORMATS for word in ("--format", form)]
    contents = [word for content in CONTENTS for word in ("--isi", content)]
    result = run(folder, "--out", out, *formats, *contents)
    assert result.exit_code == 0, result.output
    assert "Jangan dibagikan" in result.output
    return out


def run(*words):
    return CliRunner().invoke(build(translator("id")), ["export", *map(str, words)])


def test_every_content_has_its_files(made):
    names = {str(path.relative_to(made)) for path in made.rglob("*") if path.is_file()}
    tables = {f"{content}-{CODE}.{ending}" for content in CONTENTS[:-1] for ending in ("xlsx", "csv")}
    assert tables | {f"hasil-{CODE}.json", f"hasil-{CODE}.parquet"} <= names
    assert f"musyawarah-{CODE}/musyawarah.xlsx" in names


def test_the_session_comes_back_equal_from_its_workbook_and_from_its_tables(folder, made, tmp_path):
    before = open_session(folder)
    place = made / f"musyawarah-{CODE}"
    for kind in (".xlsx", ".csv"):
        again = tmp_path / kind[1:]
        again.mkdir()
        for path in place.iterdir():
            if path.suffix in (kind, ".toml"):
                shutil.copy(path, again)
        after = open_session(again)
        assert session_files(after.session, after.rules) == session_files(before.session, before.rules)
        one, other = (prioritise(o.session, o.rules).table for o in (before, after))
        assert one.equals(other)


def test_the_ranking_as_csv_and_as_workbook_say_the_same(folder, made):
    opened = open_session(folder)
    outcome = prioritise(opened.session, opened.rules)
    lines = (made / f"peringkat-{CODE}.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(outcome.table)
    book = openpyxl.load_workbook(made / f"peringkat-{CODE}.xlsx", data_only=True)
    sheet = book["Peringkat"]
    codes = [cell.value for cell in sheet["C"][4:] if cell.value]
    assert codes == [str(label) for label in outcome.table.index[outcome.table["rank"].notna()]]


def test_a_text_that_looks_like_a_formula_never_runs(made):
    csv = (made / f"peringkat-{CODE}.csv").read_text("utf-8-sig")
    assert "'=1+1 jalan" in csv
    book = openpyxl.load_workbook(made / f"sipd-{CODE}.xlsx")
    cells = [cell for row in book.worksheets[0] for cell in row if cell.value == "=1+1 jalan"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_parquet_holds_the_outcome_with_its_types(made):
    frame = polars.read_parquet(io.BytesIO((made / f"hasil-{CODE}.parquet").read_bytes()))
    content = json.loads((made / f"hasil-{CODE}.json").read_bytes())
    lines = content["lists"][0]["proposals"]
    assert frame["proposal"].to_list() == [line["proposal"] for line in lines]
    assert frame["cost"].to_list() == [line["cost"] for line in lines]
    assert frame["part_K1"].to_list() == [line["contributions"]["K1"] for line in lines]
    assert str(frame.schema["cost"]) == "Int64"


def test_without_polars_parquet_is_refused_with_the_remedy(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("workbench.store.outcome_parquet.can_write_parquet", lambda: False)
    with pytest.raises(WorkbenchError, match="parquet_extra_missing"):
        parquet_bytes(b"{}")
    refused = run(folder, "--format", "parquet", "--out", tmp_path)
    assert refused.exit_code == 3
    assert "musrenbang-workbench[parquet]" in refused.output


def test_the_session_with_its_cards_is_exported_only_when_asked_for(folder, tmp_path):
    assert run(folder, "--format", "csv", "--out", tmp_path).exit_code == 0
    assert not list(tmp_path.glob("musyawarah*"))


def test_contents_and_formats_are_documented(project_root):
    text = (project_root / "docs/ekspor.md").read_text(encoding="utf-8")
    assert [name for name in (*CONTENTS, *FORMATS) if f"`{name}`" not in text] == []


@pytest.mark.parametrize("content", ["sipd", "t-d4", "rkp-desa", "du-rkp", "peringkat"])
def test_an_exported_form_is_imported_again_with_the_same_proposals_and_amounts(
    folder, made, tmp_path, content
):
    given = made / f"{content}-{CODE}.xlsx"
    words = ["import", str(given), str(tmp_path / "lagi"), "--wilayah", "99.01"]
    result = CliRunner().invoke(build(translator("id")), words)
    assert result.exit_code == 0, result.output
    opened = open_session(folder)
    outcome = prioritise(opened.session, opened.rules)
    funded = outcome.standing("funded").index
    beyond = outcome.table.index.difference(funded)
    labels = {"t-d4": funded, "rkp-desa": funded, "du-rkp": beyond}.get(content, outcome.table.index)
    listed = opened.session.proposals.frame.loc[labels]
    again = pandas.read_csv(tmp_path / "lagi/usulan.csv", sep=";", dtype="str", encoding="utf-8-sig")
    before = zip(listed["activity"], listed["cost"].astype("Int64"), strict=True)
    after = zip(again["kegiatan"], again["prakiraan_biaya"].astype("Int64"), strict=True)
    assert sorted(map(str, before)) == sorted(map(str, after))
