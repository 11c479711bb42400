"""Documentation is executed or checked: examples run, and the README speaks of commands that exist."""

import doctest
import importlib
import pkgutil
import re
import tomllib

import pytest

import workbench
from workbench.cli.main import HOMES, command_of
from workbench.domain.rules import NAMES
from workbench.present.i18n import translator
from workbench.room.entries import CHANNELS
from workbench.room.replay import ACTS, SPECIAL
from workbench.room.round import Way
from workbench.store.headers import load_headers
from workbench.store.session_tables import TABLES

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(workbench.__path__, "workbench.")
    if not module.name.endswith("__main__")
)
RUN_PY = {"test", "check", "bench"}


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name):
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


def test_the_examples_of_the_engine_run_as_printed(project_root, monkeypatch):
    """One notebook from the first block to the last: later examples use the names of earlier ones."""
    monkeypatch.chdir(project_root)
    text = (project_root / "docs/mesin-hitung.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    page = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "docs/mesin-hitung.md", None, 0)
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(page)
    assert (len(blocks), result.failed) == (11, 0)


def test_every_package_says_what_it_is():
    for name in MODULES:
        assert importlib.import_module(name).__doc__, name


def test_the_readme_speaks_of_commands_that_exist(project_root):
    text = (project_root / "README.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"python run\.py (?:--lang \w+ )?([a-z]+)", text))
    assert {"reports", "test", "lab", "check", "bench"} <= commands
    assert commands <= RUN_PY | set(HOMES)


def test_every_command_is_named_in_the_readme_or_the_docs(project_root):
    docs = [project_root / "README.md", *sorted((project_root / "docs").glob("*.md"))]
    text = "\n".join(path.read_text(encoding="utf-8") for path in docs)
    missing = [name for name in HOMES if name not in text]
    assert missing == []


def test_every_file_the_readme_links_to_exists(project_root):
    for document in (project_root / "README.md", *sorted((project_root / "docs").glob("*.md"))):
        text = document.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_the_folder_format_is_documented(project_root):
    text = (project_root / "docs/folder-musyawarah.md").read_text(encoding="utf-8")
    headers = load_headers()
    assert [name for name in TABLES if f"`{headers.tables[name].file}.csv`" not in text] == []
    assert [name for name in NAMES if f"`{headers.rule_keys[name]}`" not in text] == []
    columns = headers.tables["proposals"].fields.values()
    assert [column for column in columns if f"`{column}`" not in text] == []
    words = {word for choices in headers.rule_words.values() for word in choices.values()}
    assert [word for word in sorted(words) if f"`{word}`" not in text] == []


def test_the_mapping_format_is_documented(project_root):
    recipe = project_root / "data/pemetaan/erkpd_sukabumi_2019/pemetaan.toml"
    text = (project_root / "docs/pemetaan.md").read_text(encoding="utf-8")
    for key, value in tomllib.loads(recipe.read_text(encoding="utf-8")).items():
        shown = f"[{key}" if isinstance(value, dict) else f"`{key}`"
        assert shown in text, key


def test_every_kind_of_entry_is_documented(project_root):
    text = (project_root / "docs/riwayat.md").read_text(encoding="utf-8")
    kinds = [*ACTS, *SPECIAL, *CHANNELS, *Way]
    assert [kind for kind in kinds if f"`{kind}`" not in text] == []
    commands = command_of("journal", translator("id")).commands
    assert [name for name in commands if f"workbench journal {name}" not in text] == []
