from workbench.store.kept_files import write_keeping


def test_what_somebody_edited_is_kept_beside_the_new_file(tmp_path):
    assert write_keeping(tmp_path / "dokumen", {"a.docx": b"satu"}) == ()
    assert write_keeping(tmp_path / "dokumen", {"a.docx": b"satu"}) == ()
    assert write_keeping(tmp_path / "dokumen", {"a.docx": b"dua"}) == ("a-sebelumnya-1.docx",)
    assert write_keeping(tmp_path / "dokumen", {"a.docx": b"tiga"}) == ("a-sebelumnya-2.docx",)
    held = {path.name: path.read_bytes() for path in (tmp_path / "dokumen").iterdir()}
    assert held == {"a.docx": b"tiga", "a-sebelumnya-1.docx": b"satu", "a-sebelumnya-2.docx": b"dua"}
