"""The papermill engine "workbench": cells run in this process, without kernel and sockets.

papermill loads every registered engine when it is itself imported. So this module imports neither papermill
nor IPython at its top: the entry point costs nothing, and the order of the two imports does not matter.
"""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.reporting.report_shell import ZMQLikeShell

ENGINE_NAME = "workbench"


class WorkbenchEngine:
    """Run a notebook's cells in an IPython shell of this process (papermill's `Engine` interface)."""

    @classmethod
    def execute_notebook(
        cls,
        nb: Any,  # noqa: ANN401 - nbformat's NotebookNode, which carries no types
        kernel_name: str,  # noqa: ARG003 - there is no kernel
        output_path: str | None = None,
        progress_bar: bool | dict[str, Any] = True,  # noqa: FBT001,FBT002 - papermill's interface
        log_output: bool = False,  # noqa: FBT001,FBT002 - papermill's interface
        autosave_cell_every: int = 30,
        **_: object,
    ) -> Any:  # noqa: ANN401 - nbformat's NotebookNode
        """Run all cells and return the notebook with outputs, counts and papermill's records.

        A cell that raises ends the run; its error stays in the notebook, where papermill finds and raises it.

        Raises
        ------
        InvalidInput
            ``parameter_unknown``: papermill was given a parameter that the notebook does not declare.
        """
        from papermill.engines import NotebookExecutionManager

        from workbench.reporting.declared_parameters import refuse_undeclared

        refuse_undeclared(nb)
        manager = NotebookExecutionManager(
            nb,
            output_path=output_path,
            progress_bar=progress_bar,
            log_output=log_output,
            autosave_cell_every=autosave_cell_every,
        )
        manager.notebook_start()
        try:
            _run_cells(manager)
        finally:
            manager.cleanup_pbar()
            manager.notebook_complete()
        return manager.nb

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:  # noqa: ANN401
        """Return the kernel's name; this engine runs notebooks that name none, too."""
        return name or nb.metadata.get("kernelspec", {}).get("name") or "python3"

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:  # noqa: ANN401
        """Return the language of the notebook."""
        return language or nb.metadata.get("language_info", {}).get("name") or "python"


def register() -> None:
    """Make the engine known to papermill where the package was not installed with its entry points."""
    from papermill.engines import papermill_engines

    papermill_engines.register(ENGINE_NAME, WorkbenchEngine)


def _run_cells(manager: Any) -> None:  # noqa: ANN401 - papermill carries no types
    from workbench.reporting.report_shell import report_shell

    with report_shell() as shell:
        for index, cell in enumerate(manager.nb.cells):
            manager.cell_start(cell, index)
            stopped_by = None
            try:
                if _is_run(cell):
                    stopped_by = _run_cell(shell, cell)
                if stopped_by is not None:
                    manager.cell_exception(cell, cell_index=index, exception=stopped_by)
            finally:
                manager.cell_complete(cell, cell_index=index)
            if isinstance(stopped_by, KeyboardInterrupt):
                raise stopped_by
            if stopped_by is not None:
                break
    manager.nb.metadata["language_info"] = _language()


def _is_run(cell: Any) -> bool:  # noqa: ANN401
    tags = cell.metadata.get("tags", [])
    return cell.cell_type == "code" and bool(cell.source.strip()) and "skip-execution" not in tags


def _run_cell(shell: ZMQLikeShell, cell: Any) -> BaseException | None:  # noqa: ANN401
    """Run one cell; return the error that ends the report, if any."""
    cell.outputs = []
    cell.execution_count = shell.execution_count
    shell.cell_outputs.start_cell(cell.outputs)
    result = shell.run_cell(cell.source, store_history=True)  # type: ignore[no-untyped-call] # IPython's
    error: BaseException | None = result.error_before_exec or result.error_in_exec
    allowed = "raises-exception" in cell.metadata.get("tags", [])
    return None if allowed and not isinstance(error, KeyboardInterrupt) else error


def _language() -> dict[str, object]:
    return {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
        "version": platform.python_version(),
    }
