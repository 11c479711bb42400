import subprocess
import sys

import pytest

from workbench.errors import InvalidValue
from workbench.reporting.folder_lock import locked

HOLDER = """
import sys
from pathlib import Path
from workbench.reporting.folder_lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_batch_is_refused_until_the_first_lets_go_even_by_being_killed(tmp_path):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(InvalidValue) as caught, locked(tmp_path):
            pass
        assert caught.value.code == "folder_in_use"
        holder.kill()
    with locked(tmp_path):
        pass
