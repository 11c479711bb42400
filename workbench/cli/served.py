"""``python -m workbench.cli.served SERVER ...``: a Jupyter server without what takes long and helps nobody.

Validating the form of an international address is an option of the schemas that Jupyter checks; building
its grammar takes two seconds at every start, and nothing here has such an address.
"""

from __future__ import annotations

import os
import runpy
import sys

SERVERS = ("voila", "jupyterlab")
ECHO = "JUPYTER_WIDGETS_ECHO"
"""Whether a kernel repeats to its page what the page said. One page a kernel: nobody needs to hear it."""
APP = "voila"
"""The server of which every page is a kernel, so that another one is read ahead after each."""


def main() -> None:
    """Run the server that is named first with the arguments that follow."""
    if len(sys.argv) < 2 or sys.argv[1] not in SERVERS:
        sys.exit(f"one of: {', '.join(SERVERS)}")
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    sys.argv = sys.argv[1:]
    os.environ.setdefault(ECHO, "0")
    from workbench.cli.early_process import EarlyKernel  # imports those schemas

    early = EarlyKernel.instance()
    early.again = sys.argv[0] == APP
    early.begin()
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
