"""What a solver writes past Python is held back; what Python writes around it is not."""

import os
import subprocess
import sys

import pytest

from workbench.store.solver_output import held_back

PROGRAM = """
import os, sys
from workbench.store.solver_output import held_back
print("before")
try:
    with held_back():
        os.write(1, b"stray line\\n")
        os.write(2, b"stray error\\n")
        {inside}
except KeyError:
    pass
print("after")
print("said", file=sys.stderr)
"""


@pytest.mark.parametrize("inside", ["pass", "raise KeyError", "held_back().__enter__"])
def test_stray_lines_are_held_back_and_the_streams_come_back(inside):
    program = PROGRAM.replace("{inside}", inside)
    made = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert made.stdout.split() == ["before", "after"]
    assert made.stderr.split() == ["said"]


def test_it_may_be_entered_twice(capfd):
    with held_back(), held_back():
        os.write(1, b"stray\n")
    os.write(1, b"kept\n")
    assert capfd.readouterr().out == "kept\n"


def test_a_process_without_standard_output_goes_on():
    program = (
        "import os\nfrom workbench.store.solver_output import held_back\nos.close(1)\n"
        "with held_back():\n    pass\nos.write(2, b'done')"
    )
    made = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "done" in made.stderr
