"""One template through every engine: the same outputs, the same number of figures."""

import json
import re

import pytest

from workbench.reporting.batch import ENGINES, run_batch
from workbench.reporting.jobs import Job

CONTENT = (
    "kode = '00'\ndaftar = []",
    "import sys\nimport numpy as np\nimport pandas as pd\nfrom IPython.display import HTML, display",
    "print('teks', kode, daftar)\nprint('ke stderr', file=sys.stderr)",
    "display(HTML('<b>é</b>'))\ndisplay({'a': 1})\n1 + 1",
    "pd.DataFrame(np.arange(60).reshape(2, 30) * 1000000.5)",
    "%config InlineBackend.print_figure_kwargs = {'bbox_inches': None}\nimport matplotlib.pyplot as plt",
    "fig, ax = plt.subplots(figsize=(3, 2))\nax.plot([1, 2], label='x')\nax.legend()\nax",
    "plt.figure(figsize=(2, 2))\nplt.bar(['a', 'b'], [3, 4])\nplt.title(kode);",
    "fig",
    "pd.Series([1.5, None], name='n')",
    "np.random.default_rng(3).normal(size=3)",
    "__name__, sorted(k for k in globals() if not k.startswith('_'))[:3]",
    "def gagal(x):\n    return 1 / x\ngagal(0)",
    "print('tidak sampai')",
)

ANSI = re.compile(r"\x1b\[[0-9;]*m")
ADDRESS = re.compile(r"0x[0-9a-f]+")


def comparable(output):
    """An output without what may differ: colours, addresses in memory, the cutting of streams."""
    if output["output_type"] == "error":
        output = output | {"traceback": [ANSI.sub("", "\n".join(output["traceback"]))]}
    return json.loads(ADDRESS.sub("0x", json.dumps(output)))


def content(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    found = []
    for cell in cells:
        outputs = cell.get("outputs", [])
        streams = {
            name: "".join("".join(o["text"]) for o in outputs if o.get("name") == name)
            for name in ("stdout", "stderr")
        }
        others = [comparable(o) for o in outputs if o["output_type"] != "stream"]
        found.append((cell["cell_type"], cell.get("execution_count"), cell["source"], streams, others))
    return found


@pytest.fixture
def executed(template, tmp_path):
    notebook = template(*CONTENT)
    found = {}
    for engine in ENGINES:
        folder = tmp_path / engine
        parameters = {"kode": "01.02", "daftar": ["a", 1, True]}
        names = "a" if engine == "nbclient" else "ab"
        jobs = [Job(name, notebook, parameters, folder / f"{name}.ipynb") for name in names]
        result = run_batch(jobs, folder, workers=1, engine=engine)
        assert {job.reason.error for job in result.jobs} == {"ZeroDivisionError"}
        found[engine] = [content(folder / "gagal" / f"{name}.ipynb") for name in names]
    return found


@pytest.mark.slow
def test_all_engines_give_the_same_outputs_and_figures(executed):
    reference = executed["nbclient"][0]
    pictures = [o for *_, others in reference for o in others if "image/png" in o.get("data", {})]
    assert len(pictures) == 3
    assert any("&lt;" in str(cell) or "1000000.5" in str(cell) for cell in reference)
    for runs in executed.values():
        for run in runs:
            assert run == reference


POLLUTES = """
import os, random, sys, types
import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
if kode == "a":
    tersisa = 1
    mpl.rcParams["lines.linewidth"] = 99
    plt.figure()
    plt.ioff()
    sys.modules["palsu"] = types.ModuleType("palsu")
    os.chdir("/")
    os.environ["TERSISA"] = "1"
    sys.path.insert(0, "/tersisa")
    pd.set_option("display.max_rows", 1)
    np.random.seed(1)
    random.seed(1)
    np.set_printoptions(precision=1)
"""
LOOKS = """
print([
    "tersisa" in globals(), mpl.rcParams["lines.linewidth"], plt.get_fignums(), plt.isinteractive(),
    "palsu" in sys.modules, os.getcwd() == "/", "TERSISA" in os.environ, "/tersisa" in sys.path,
    pd.get_option("display.max_rows"), np.get_printoptions()["precision"],
    np.random.random() == 0.417022004702574, random.random() == 0.13436424411240122,
])
"""


@pytest.mark.parametrize("engine", ["warm", "inprocess"])
def test_no_report_sees_what_another_one_left_behind(template, run_reports, reports, text_of, engine):
    notebook = template("kode = ''", POLLUTES, LOOKS)
    result = run_reports(notebook, ["a", "b", "c"], engine=engine)
    assert result.failures == ()
    polluted, clean, cleaner = (text_of(reports / f"{name}.ipynb") for name in "abc")
    assert "True, 99" in polluted
    fresh = "[False, 1.5, [], True, False, False, False, False, 60, 8, False, False]\n"
    assert (clean, cleaner) == (fresh, fresh)
