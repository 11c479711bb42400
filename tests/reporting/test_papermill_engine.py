import json
import subprocess
import sys

import papermill
import pytest

from workbench.errors import InvalidInput
from workbench.reporting import papermill_engine

papermill_engine.register()

# A report has the warning filters of a fresh process, not pytest's
pytestmark = pytest.mark.filterwarnings("ignore")

PNG = "image/png"


def run(notebook, target, **parameters):
    return papermill.execute_notebook(
        str(notebook),
        str(target),
        parameters,
        engine_name="workbench",
        progress_bar=False,
        request_save_on_cell_execute=False,
    )


def cells_of(path):
    return json.loads(path.read_text())["cells"]


def test_outputs_come_in_order_with_counts_and_papermills_records(template, tmp_path):
    notebook = template(
        "kode = '00'",
        "import sys\nprint('a', kode)\nprint('b', file=sys.stderr)\nprint('c')\nprint('d')",
        "display({'x': 1}, display_id='n')\n'result'",
        "from IPython.display import clear_output, update_display\nupdate_display('changed', display_id='n')",
        "1;",
        "   ",
        ("this is not run", "skip-execution"),
        "print('gone')\nclear_output()\nprint('stays')",
        "print('late')\nclear_output(wait=True)\nprint('instead')",
    )
    executed = run(notebook, tmp_path / "out.ipynb", kode="01.02")
    cells = cells_of(tmp_path / "out.ipynb")
    assert cells[1]["metadata"]["tags"] == ["injected-parameters"]
    assert [(o["name"], "".join(o["text"])) for o in cells[2]["outputs"]] == [
        ("stdout", "a 01.02\n"),
        ("stderr", "b\n"),
        ("stdout", "c\nd\n"),
    ]
    assert [o["output_type"] for o in cells[3]["outputs"]] == ["display_data", "execute_result"]
    assert cells[3]["outputs"][0]["data"] == {"text/plain": ["'changed'"]}
    assert cells[3]["outputs"][1]["execution_count"] == cells[3]["execution_count"] == 4
    assert [cells[index]["outputs"] for index in (4, 5, 6, 7)] == [[], [], [], []]
    assert [cell["execution_count"] for cell in cells] == [1, 2, 3, 4, 5, 6, None, None, 7, 8]
    assert ["".join(o["text"]) for o in cells[8]["outputs"]] == ["stays\n"]
    assert ["".join(o["text"]) for o in cells[9]["outputs"]] == ["instead\n"]
    assert executed.metadata.papermill.parameters == {"kode": "01.02"}
    assert executed.metadata.papermill.duration > 0
    assert {cell["metadata"]["papermill"]["status"] for cell in cells} == {"completed"}


def test_an_error_ends_the_run_and_stays_in_the_notebook(template, tmp_path):
    notebook = template("kode = ''", "print('before')", "1 / 0", "print('never')")
    with pytest.raises(papermill.PapermillExecutionError) as caught:
        run(notebook, tmp_path / "out.ipynb")
    assert (caught.value.ename, caught.value.exec_count) == ("ZeroDivisionError", 3)
    outputs = [o["output_type"] for cell in cells_of(tmp_path / "out.ipynb") for o in cell.get("outputs", [])]
    assert outputs == ["stream", "error"]


def test_a_syntax_error_is_an_error_of_its_cell(template, tmp_path):
    with pytest.raises(papermill.PapermillExecutionError) as caught:
        run(template("kode = ''", "kode = = 1"), tmp_path / "out.ipynb")
    assert (caught.value.ename, caught.value.exec_count) == ("SyntaxError", 2)


def test_sys_exit_without_a_fault_ends_the_report_and_is_no_failure(template, tmp_path):
    notebook = template("kode = ''", "import sys\nsys.exit(0)", "print('never')")
    run(notebook, tmp_path / "out.ipynb")
    assert cells_of(tmp_path / "out.ipynb")[-1]["outputs"] == []


def test_ctrl_c_is_not_taken_for_an_error_of_the_cell(template, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        run(template("kode = ''", "raise KeyboardInterrupt"), tmp_path / "out.ipynb")


FIGURES = (
    "kode = ''",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    "fig, ax = plt.subplots()\nax.bar([1, 2], [3, 4]);",
)


def test_every_run_in_one_process_has_all_its_figures_once(template, tmp_path):
    # matplotlib_inline believes after the first shell that the formats are set, and shows nothing more
    notebook = template(*FIGURES)
    pictures = []
    for name in ("a.ipynb", "b.ipynb", "c.ipynb"):
        run(notebook, tmp_path / name)
        outputs = [o for cell in cells_of(tmp_path / name) for o in cell["outputs"]]
        pictures.append([o["data"][PNG] for o in outputs if PNG in o.get("data", {})])
    assert [len(each) for each in pictures] == [2, 2, 2]
    assert pictures[0] == pictures[1] == pictures[2]


def test_formats_that_one_report_chose_are_not_those_of_the_next(template, tmp_path):
    chooses = template(
        FIGURES[0], "%config InlineBackend.figure_formats = ['svg']\n" + FIGURES[1], name="svg.ipynb"
    )
    run(chooses, tmp_path / "a.ipynb")
    run(template(*FIGURES), tmp_path / "b.ipynb")
    data = [o["data"] for name in "ab" for c in cells_of(tmp_path / f"{name}.ipynb") for o in c["outputs"]]
    assert [sorted(set(each) - {"text/plain"}) for each in data] == [["image/svg+xml"], [PNG], [PNG]]


def test_the_main_module_and_the_streams_are_as_before(template, tmp_path):
    # IPython puts its own module in their place; a pool of processes then cannot find its functions
    before = sys.modules["__main__"], sys.stdout, sys.stderr, sys.displayhook, sys.excepthook
    run(template("kode = ''", "print(__name__)"), tmp_path / "out.ipynb")
    assert before == (sys.modules["__main__"], sys.stdout, sys.stderr, sys.displayhook, sys.excepthook)
    assert cells_of(tmp_path / "out.ipynb")[-1]["outputs"][0]["text"] == ["__main__\n"]


def test_a_notebook_that_names_no_kernel_runs(template, tmp_path):
    notebook = template("kode = ''", "1 + 1")
    content = json.loads(notebook.read_text())
    content["metadata"] = {}
    notebook.write_text(json.dumps(content))
    run(notebook, tmp_path / "out.ipynb")
    assert cells_of(tmp_path / "out.ipynb")[-1]["outputs"][0]["data"] == {"text/plain": ["2"]}


ENTRY_POINT = "[papermill.engine]\nworkbench = workbench.reporting.papermill_engine:WorkbenchEngine\n"


@pytest.mark.parametrize(
    "imports",
    ["import papermill", "import workbench.reporting.papermill_engine, papermill"],
    ids=["papermill first", "the engine first"],
)
def test_the_entry_point_works_whichever_is_imported_first_and_loads_no_ipython(tmp_path, imports):
    info = tmp_path / "coba-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: coba\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(ENTRY_POINT)
    code = (
        f"import sys; sys.modules['rfc3987_syntax'] = None; sys.path.insert(0, {str(tmp_path)!r}); {imports};"
        "from papermill.engines import papermill_engines as engines;"
        "print(engines.get_engine('workbench').__name__, 'workbench.reporting.report_shell' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["WorkbenchEngine", "False"]


def test_a_surrounding_shell_gets_its_place_back(template, tmp_path):
    notebook = template("kode = ''", "print(get_ipython() is not None)")
    code = f"""
import sys; sys.modules["rfc3987_syntax"] = None
from IPython.core.interactiveshell import InteractiveShell
from IPython import get_ipython
import papermill
from workbench.reporting import papermill_engine
papermill_engine.register()
outer = InteractiveShell.instance()
outer.run_cell("import matplotlib.pyplot as plt; state = plt.ion(); plt.switch_backend('agg')")
papermill.execute_notebook({str(notebook)!r}, {str(tmp_path / "out.ipynb")!r}, engine_name="workbench",
                           progress_bar=False)
outer.run_cell("import matplotlib.pyplot as plt; states = plt.ioff(), plt.ion()")
print(get_ipython() is outer)
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "True\n"


def test_a_parameter_that_the_notebook_does_not_declare_is_refused(template, tmp_path):
    notebook = template("kode = '00'", "print(kode)")
    run(notebook, tmp_path / "good.ipynb", kode="01")
    with pytest.raises(InvalidInput) as refused:
        run(notebook, tmp_path / "bad.ipynb", kode="01", kde="02")
    assert [(problem.code, problem.value) for problem in refused.value.problems] == [
        ("parameter_unknown", "kde")
    ]
