"""One click puts a form that facilitators know into a session folder."""

from __future__ import annotations

from pathlib import Path

import ipywidgets as widgets

from workbench.domain.template import Template
from workbench.errors import InvalidInput, WorkbenchError
from workbench.present.documents import html_sentences, html_table
from workbench.present.i18n import Translator, translator
from workbench.present.templates import (
    applied_sentences,
    ground_sentence,
    template_sentences,
    template_tables,
)
from workbench.store.project_files import located
from workbench.store.template_apply import apply_template
from workbench.store.templates import read_templates
from workbench.widgets.refusal import refusal_html


def choose_template(folder: str | Path, language: str = "id") -> widgets.Widget:
    """Show the templates as buttons; each puts its form into the folder.

    Parameters
    ----------
    folder : str or Path
        A session folder, in which only the list of proposals need exist.
    language : {"id", "en"}

    Returns
    -------
    Widget
        The panel; where a template file cannot be read, its problems instead of a traceback.
    """
    t = translator(language)
    try:
        return TemplatePanel(located(folder), read_templates(), t).view
    except WorkbenchError as error:
        return widgets.HTML(refusal_html(error, t))


class TemplatePanel:
    """Bind a button to each template.

    Attributes
    ----------
    buttons : dict
        Button by name of the template.
    replace : Button
        Shown when criteria have been scored: replaces them and keeps the old scores apart.
    said : HTML
        What became of the folder.
    view : Widget
        The whole panel.
    """

    def __init__(self, folder: Path, templates: dict[str, Template], t: Translator) -> None:
        self.folder = folder
        self.t = t
        self._asked: Template | None = None
        self.buttons = {name: self._button(template) for name, template in templates.items()}
        self.replace = widgets.Button(
            description=t("template.replace"), button_style="warning", layout=_hidden("auto")
        )
        self.replace.on_click(lambda _: self._put(self._asked, replace_scored=True))
        self.said = widgets.HTML()
        head = widgets.HTML(f"<p>{t('template.choose')}</p>")
        self.view = widgets.VBox([head, *self.buttons.values(), self.replace, self.said])

    def _button(self, template: Template) -> widgets.Button:
        button = widgets.Button(
            description=template.title,
            tooltip=ground_sentence(template, self.t),
            layout=widgets.Layout(width="520px"),
        )
        button.on_click(lambda _: self._put(template, replace_scored=False))
        return button

    def _put(self, template: Template | None, *, replace_scored: bool) -> None:
        if template is None:
            return
        self._asked = template
        self.replace.layout.display = "none"
        if template.is_vote:
            self.said.value = html_sentences(template_sentences(template, self.t))
            return
        try:
            done = apply_template(self.folder, template, replace_scored=replace_scored)
        except WorkbenchError as error:
            self.said.value = refusal_html(error, self.t)
            if _only_scored(error):
                self.replace.layout.display = ""
            return
        said = applied_sentences(template, done.columns, done.gates, done.kept_apart, self.t)
        tables = "".join(html_table(table) for table in template_tables(template, self.t))
        self.said.value = html_sentences((*said, *template_sentences(template, self.t))) + tables


def _only_scored(error: WorkbenchError) -> bool:
    return isinstance(error, InvalidInput) and {p.code for p in error.problems} == {"scored_criteria"}


def _hidden(width: str) -> widgets.Layout:
    return widgets.Layout(width=width, display="none")
