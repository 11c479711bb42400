import os
import random
import sys
import types
import warnings
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd

from workbench.reporting.process_state import restored_process_state


def test_what_the_block_changes_for_the_process_is_put_back(tmp_path):
    before = {
        "cwd": Path.cwd(),
        "environ": dict(os.environ),
        "path": list(sys.path),
        "argv": list(sys.argv),
        "stdout": sys.stdout,
        "main": sys.modules["__main__"],
        "json": sys.modules["json"],
        "filters": list(warnings.filters),
        "random": random.getstate(),
        "numpy": np.random.get_state()[1].tolist(),
        "printing": np.get_printoptions(),
        "errors": np.geterr(),
        "rows": pd.get_option("display.max_rows"),
        "width": mpl.rcParams["lines.linewidth"],
        "backend": mpl.rcParams._get("backend"),
    }
    with restored_process_state():
        os.chdir(tmp_path)
        os.environ["BARU"] = "1"
        os.environ.pop("PATH")
        sys.path.insert(0, str(tmp_path))
        sys.argv.append("x")
        sys.stdout = None
        sys.modules["__main__"] = types.ModuleType("__main__")
        sys.modules["json"] = types.ModuleType("json")
        sys.modules["palsu"] = types.ModuleType("palsu")
        warnings.simplefilter("ignore")
        random.seed(1)
        np.random.seed(1)
        np.set_printoptions(precision=1)
        np.seterr(all="ignore")
        pd.set_option("display.max_rows", 3)
        mpl.rcParams["lines.linewidth"] = 99
        mpl.rcParams["backend"] = "svg"
    after = {
        "cwd": Path.cwd(),
        "environ": dict(os.environ),
        "path": list(sys.path),
        "argv": list(sys.argv),
        "stdout": sys.stdout,
        "main": sys.modules["__main__"],
        "json": sys.modules["json"],
        "filters": list(warnings.filters),
        "random": random.getstate(),
        "numpy": np.random.get_state()[1].tolist(),
        "printing": np.get_printoptions(),
        "errors": np.geterr(),
        "rows": pd.get_option("display.max_rows"),
        "width": mpl.rcParams["lines.linewidth"],
        "backend": mpl.rcParams._get("backend"),
    }
    assert after == before
    assert "palsu" not in sys.modules


def test_a_module_that_was_really_imported_stays(tmp_path):
    sys.modules.pop("colorsys", None)
    with restored_process_state():
        import colorsys
    assert sys.modules["colorsys"] is colorsys
