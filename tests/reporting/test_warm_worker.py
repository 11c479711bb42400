import json
import subprocess
import sys

import pytest

from workbench.reporting.report_task import ReportTask
from workbench.reporting.warm_worker import FORK_IS_SAFE, MODES

NOISY = "import os\nos.write(1, b'noise on the channel of answers')\nprint('to the notebook')\nkode"


@pytest.mark.parametrize("mode", sorted(MODES))
def test_one_answer_per_line_and_an_end_with_the_input(template, tmp_path, mode):
    if mode == "fork" and not FORK_IS_SAFE:
        pytest.skip("forking is not safe here")
    notebook = template("kode = ''", NOISY)
    asks = "import sys\nsys.stdin.readline()"
    templates = {"satu": notebook, "dua": template("kode = ''", asks, name="b.ipynb"), "tiga": notebook}
    tasks = [
        ReportTask(
            name,
            str(path),
            {"kode": name},
            str(tmp_path),
            str(tmp_path / f"{name}.ipynb"),
            str(tmp_path / "x"),
        )
        for name, path in templates.items()
    ]
    said = subprocess.run(
        [
            sys.executable,
            "-m",
            "workbench.reporting.warm_worker",
            "--mode",
            mode,
            "--preload",
            "no_such_module",
        ],
        input="".join(json.dumps(task.as_json()) + "\n" for task in tasks).encode(),
        capture_output=True,
        check=True,
    )
    answers = [json.loads(line) for line in said.stdout.splitlines()]
    assert [answer["name"] for answer in answers] == ["satu", "dua", "tiga"]
    assert {answer["status"] for answer in answers} == {"written"}
    assert answers[0]["files"].keys() == {"satu.ipynb"}
