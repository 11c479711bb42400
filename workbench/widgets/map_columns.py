"""Matching the columns of an unknown list in a notebook: one choice a column, then the layout is kept."""

from __future__ import annotations

from pathlib import Path

import ipywidgets as widgets

from workbench.domain.intake import ListKind
from workbench.errors import WorkbenchError
from workbench.present.documents import html_sentences
from workbench.present.i18n import Translator, translator
from workbench.present.intake_page import summary
from workbench.present.problems import error_sentence, problem_lines
from workbench.store.intake.assisted import KEPT, LayoutDraft, assigned, draft_of, layout_from
from workbench.store.intake.conversions import MONEY_UNITS
from workbench.store.intake.layouts import Layout, layout_text
from workbench.store.intake.reading import Answers, read_list
from workbench.store.project_files import located


def map_columns(
    source: str | Path, saved: str | Path, kind: str = "usulan", language: str = "id"
) -> widgets.Widget:
    """Show the columns of a list, each with a choice of fields; keep the layout in a file.

    Parameters
    ----------
    source : str or Path
        The list.
    saved : str or Path
        The layout file (.toml) to write.
    kind : str
        What the list is about: usulan, pagu, kamus, renja.
    language : {"id", "en"}

    Returns
    -------
    Widget
        The panel; where the list cannot be read, its problems instead of a traceback.
    """
    t = translator(language)
    try:
        draft = draft_of(located(source), ListKind(kind))
    except WorkbenchError as error:
        return widgets.HTML(_alert(error, t))
    return MapPanel(located(source), Path(saved), draft, t).view


class MapPanel:
    """Bind a choice to each column of a draft.

    Attributes
    ----------
    draft : LayoutDraft
    choices : dict
        Choice of the field by header of the column.
    unit, region : Widget
        What no column says.
    try_it, keep : Button
    said : HTML
        What the list gives by the layout as it stands.
    view : Widget
    """

    def __init__(self, source: Path, saved: Path, draft: LayoutDraft, t: Translator) -> None:
        self.source, self.saved, self.draft, self.t = source, saved, draft, t
        self.choices = {column.header: self._choice(column.field) for column in draft.columns}
        for header, choice in self.choices.items():
            choice.observe(lambda change, header=header: self._chosen(header, change["new"]), names="value")
        units = [(t("intake.map.stated"), ""), *((unit, unit) for unit in MONEY_UNITS)]
        self.unit = widgets.Dropdown(options=units, description=t("intake.map.unit"), style=_wide())
        self.region = widgets.Text(description=t("intake.map.region"), placeholder="73.02", style=_wide())
        self.try_it = widgets.Button(description=t("intake.map.try"))
        self.keep = widgets.Button(description=t("intake.map.keep"), button_style="primary")
        self.try_it.on_click(lambda _: self._try())
        self.keep.on_click(lambda _: self._keep())
        self.said = widgets.HTML()
        rows = [self._row(column.header, column.samples) for column in draft.columns]
        buttons = widgets.HBox([self.try_it, self.keep])
        self.view = widgets.VBox([*rows, self.unit, self.region, buttons, self.said])

    def _choice(self, field: str) -> widgets.Dropdown:
        options = [(self.t("intake.not_used"), ""), (self.t("intake.map.kept"), KEPT)]
        options += [(name, name) for name in self.draft.fields]
        return widgets.Dropdown(options=options, value=field)

    def _row(self, header: str, samples: tuple[str, ...]) -> widgets.Widget:
        name = widgets.Label(header, layout=widgets.Layout(width="260px"))
        shown = widgets.Label("; ".join(samples), layout=widgets.Layout(width="420px"))
        return widgets.HBox([name, self.choices[header], shown])

    def _chosen(self, header: str, field: str) -> None:
        """Take a choice; where another column gave its field up, its choice follows."""
        self.draft = assigned(self.draft, header, field)
        for column in self.draft.columns:
            if self.choices[column.header].value != column.field:
                self.choices[column.header].value = column.field

    def _layout(self) -> Layout:
        return layout_from(
            self.draft, self.saved.stem, self.source.name, self.unit.value, self.region.value.strip()
        )

    def _try(self) -> None:
        try:
            intake = read_list(self.source, Answers(layout=self._layout()))
        except WorkbenchError as error:
            self.said.value = _alert(error, self.t)
            return
        asked = problem_lines(intake.questions, self.t)
        self.said.value = str(html_sentences([*summary(intake, self.t), *asked]))

    def _keep(self) -> None:
        try:
            self.saved.write_text(layout_text(self._layout()), encoding="utf-8")
        except WorkbenchError as error:
            self.said.value = _alert(error, self.t)
            return
        self.said.value = str(
            html_sentences([self.t("cli.map.written", path=self.saved, source=self.source)])
        )


def _wide() -> dict[str, str]:
    return {"description_width": "initial"}


def _alert(error: WorkbenchError, t: Translator) -> str:
    lines = error_sentence(error, t).split("\n")
    return f"<div role='alert'>{html_sentences(lines)}</div>"
