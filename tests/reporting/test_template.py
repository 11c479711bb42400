from workbench.reporting.template import template_imports


def test_plain_imports_are_found_and_cells_with_magics_do_not_disturb(template):
    notebook = template(
        "kode = ''",
        "%config X.y = 1\nimport pandas as pd, numpy\n!ls",
        "from workbench.present import format",
        "%%html\n<b>no python</b>",
        "from . import sibling",
    )
    assert template_imports(notebook) == {
        "pandas",
        "numpy",
        "workbench.present",
        "workbench.present.format",
    }
