from __future__ import annotations

import contextlib
import json
import shutil
from pathlib import Path

import pytest

from workbench.errors import InvalidInput
from workbench.store import manifest as module
from workbench.store.manifest import (
    MANIFEST,
    MARKER,
    PART,
    VERSION,
    digest,
    migrate,
    read_manifest,
    repair,
    write_files,
)

OLD = {"usulan.csv": b"old proposals", "kriteria.csv": b"old criteria", "keputusan.csv": b"old decisions"}
NEW = {"usulan.csv": b"new proposals", "kriteria.csv": b"new criteria", "peserta.csv": b"new people"}
KNOWN = ("usulan.csv", "kriteria.csv", "keputusan.csv", "peserta.csv")
OTHERS = {"identitas.csv": b"names of people"}


class Cut(BaseException):
    """The power goes."""


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def tables(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in contents(folder).items() if name != MANIFEST}


def folder_with_old(folder: Path) -> Path:
    write_files(folder, OLD, "uji", obsolete=KNOWN)
    (folder / "identitas.csv").write_bytes(OTHERS["identitas.csv"])
    return folder


def cut_after(monkeypatch: pytest.MonkeyPatch, steps: int) -> list[str]:
    """Let so many changes of the disk happen, then cut; a cut write leaves half of the bytes behind."""
    done: list[str] = []

    def counted(name, real):
        def step(path, *arguments, **options):
            if name == "open" and "w" not in (*arguments, options.get("mode", ""))[0]:
                return real(path, *arguments, **options)
            if len(done) == steps:
                raise Cut
            done.append(f"{name} {Path(path).name}")
            if name == "open" and len(done) == steps:
                path.write_bytes(b"hal")  # the file is there, its content is not
                raise Cut
            return real(path, *arguments, **options)

        return step

    for name in ("unlink", "replace"):
        monkeypatch.setattr(Path, name, counted(name, getattr(Path, name)))
    # `write_bytes` opens through io, so only the product's own writes are counted
    real_open = Path.open
    monkeypatch.setattr(Path, "open", counted("open", real_open))
    monkeypatch.setattr(Path, "write_bytes", _plain_write)
    return done


def _plain_write(path: Path, data: bytes) -> int:
    with open(path, "wb") as stream:  # noqa: PTH123 - the counted way must not be taken
        return stream.write(data)


def every_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act):
    """Yield a folder for every point at which an act on it may be cut off, until one goes through."""
    for steps in range(100):
        folder = folder_with_old(tmp_path / str(steps))
        with monkeypatch.context() as patch:
            cut_after(patch, steps)
            try:
                act(folder)
            except Cut:
                through = False
            else:
                through = True
        yield folder, through
        if through:
            return
    pytest.fail("never went through")


def write_new(folder: Path) -> None:
    write_files(folder, NEW, "uji", obsolete=KNOWN)


def test_a_cut_anywhere_is_seen_and_repaired_to_one_whole_content(tmp_path, monkeypatch):
    ends = []
    for folder, through in every_cut(tmp_path, monkeypatch, write_new):
        if through:
            assert tables(folder) == NEW | OTHERS
            continue
        try:
            read_manifest(folder)
        except InvalidInput as error:
            assert [problem.code for problem in error.problems] == ["folder_half_written"]  # noqa: PT017 - either is right
        else:
            assert tables(folder) in (OLD | OTHERS, NEW | OTHERS)
        won = repair(folder)
        assert tables(folder) == (NEW if won or tables(folder) == NEW | OTHERS else OLD) | OTHERS
        assert read_manifest(folder).edited(folder) == ()
        ends.append(won)
    assert len(ends) >= 12
    assert ends.count(True) > 4
    assert ends == sorted(ends)  # once the new files have won they never lose again


def test_a_cut_repair_is_repaired_again(tmp_path, monkeypatch):
    for first in range(100):
        start = folder_with_old(tmp_path / f"first{first}")
        with monkeypatch.context() as patch:
            cut_after(patch, first)
            try:
                write_new(start)
            except Cut:
                pass
            else:
                return
        for steps in range(3):
            with monkeypatch.context() as patch:
                cut_after(patch, steps)
                with contextlib.suppress(Cut):
                    repair(start)
        repair(start)
        assert tables(start) in (OLD | OTHERS, NEW | OTHERS)
        assert read_manifest(start).edited(start) == ()


def test_a_write_over_a_cut_one_never_mixes_the_two(tmp_path, monkeypatch):
    third = {"usulan.csv": b"third", "kriteria.csv": b"third"}
    for folder, through in every_cut(tmp_path, monkeypatch, write_new):
        if through:
            continue
        for steps in (1, 4, 5, 6, 8):
            cut = tmp_path / f"{folder.name}-{steps}"
            shutil.copytree(folder, cut)
            with monkeypatch.context() as patch:
                cut_after(patch, steps)
                with contextlib.suppress(Cut):
                    write_files(cut, third, "uji", obsolete=KNOWN)
            repair(cut)
            assert tables(cut) in (OLD | OTHERS, NEW | OTHERS, third | OTHERS)
            assert read_manifest(cut).edited(cut) == ()


def test_the_marker_never_promises_half(tmp_path):
    folder = folder_with_old(tmp_path / "a")
    (folder / (MARKER + PART)).write_text("Folder\nkeput", encoding="utf-8")
    with pytest.raises(InvalidInput):
        read_manifest(folder)
    assert repair(folder) is False
    assert tables(folder) == OLD | OTHERS


def test_a_marker_from_elsewhere_reaches_no_other_folder(tmp_path):
    outside = tmp_path / "penting.txt"
    outside.write_text("x", encoding="utf-8")
    folder = folder_with_old(tmp_path / "a")
    (folder / MARKER).write_text(f"Folder\n../penting.txt\n{outside}\n", encoding="utf-8")
    assert repair(folder) is True
    assert outside.exists()


def test_an_edited_a_removed_and_a_new_file(tmp_path):
    folder = folder_with_old(tmp_path)
    (folder / "usulan.csv").write_bytes(b"edited")
    (folder / "kriteria.csv").unlink()
    assert read_manifest(folder).edited(folder) == ("kriteria.csv", "usulan.csv")


def test_a_folder_made_by_hand_has_no_manifest(tmp_path):
    assert read_manifest(tmp_path) == module.Manifest()
    assert repair(tmp_path) is False


@pytest.mark.parametrize(
    "change",
    [
        "{", "[]", "null", "5", '"x"', "\u0000", '{"schema": "musrenbang-session"}',
        {"version": "x"}, {"version": None}, {"version": float("inf")}, {"files": 5}, {"schema": "other"},
    ],
)  # fmt: skip
def test_a_manifest_that_cannot_be_read_is_named(tmp_path, change):
    folder = folder_with_old(tmp_path)
    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    text = change if isinstance(change, str) else json.dumps(content | change)
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        read_manifest(folder)
    assert [(p.code, p.file) for p in caught.value.problems] == [("manifest_unreadable", MANIFEST)]


def test_a_manifest_that_is_no_text_or_no_file(tmp_path):
    (tmp_path / MANIFEST).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InvalidInput):
        read_manifest(tmp_path)
    (tmp_path / MANIFEST).unlink()
    (tmp_path / MANIFEST).mkdir()
    with pytest.raises(InvalidInput):
        read_manifest(tmp_path)


def test_a_newer_version_is_refused(tmp_path):
    folder = folder_with_old(tmp_path)
    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    (folder / MANIFEST).write_text(json.dumps(content | {"version": VERSION + 1}), encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        read_manifest(folder)
    problem = caught.value.problems[0]
    assert (problem.code, problem.value, problem.facts["known"]) == (
        "format_too_new",
        str(VERSION + 1),
        VERSION,
    )


def test_migrations_go_one_version_at_a_time():
    steps = {
        1: lambda files: {**files, "b.csv": b"from 1"},
        2: lambda files: {"c.csv": files["b.csv"] + b" to 3"},
    }
    assert dict(migrate({"a.csv": b""}, 1, steps, 3)) == {"c.csv": b"from 1 to 3"}
    assert dict(migrate({"a.csv": b""}, 3, steps, 3)) == {"a.csv": b""}
    with pytest.raises(InvalidInput) as caught:
        migrate({}, 0, steps, 3)
    assert (caught.value.problems[0].code, caught.value.problems[0].value) == ("format_not_supported", "0")


def test_the_digest_knows_names_and_contents():
    assert digest({"a": b"1", "b": b"2"}) != digest({"a": b"2", "b": b"1"})
    assert digest({"ab": b"", "c": b""}) != digest({"a": b"", "bc": b""})
    assert digest({}) != digest({"a": b""})
