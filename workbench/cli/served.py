"""``python -m workbench.cli.served SERVER ...``: a Jupyter server without what takes long and helps nobody.

Validating the form of an international address is an option of the schemas that Jupyter checks; building
its grammar takes two seconds at every start, and nothing here has such an address.
"""

from __future__ import annotations

import runpy
import sys

SERVERS = ("voila", "jupyterlab")
LATE = "jupyterlab"
"""The server whose page asks for its kernel only after seconds. Voila asks at once: nothing to gain there."""


def main() -> None:
    """Run the server that is named first with the arguments that follow."""
    if len(sys.argv) < 2 or sys.argv[1] not in SERVERS:
        sys.exit(f"one of: {', '.join(SERVERS)}")
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    sys.argv = sys.argv[1:]
    if sys.argv[0] == LATE:
        from workbench.cli.kernels import EarlyKernel  # imports those schemas

        EarlyKernel.instance().begin()
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
