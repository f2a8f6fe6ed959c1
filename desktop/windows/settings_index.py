"""The settings page for the index: what is read, with which model, and when."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from core.index.store_address import is_address, names_secret
from core.settings import IndexSettings, Settings
from desktop.widgets.composing_edit import ComposingEdit
from desktop.widgets.indexed_pages import heading, quiet_words
from desktop.widgets.number_box import give_room

LARGEST_MIB = 500
_COMMA = re.compile("[,，、]")


class IndexPage(QWidget):
    """Edits `Settings.index`.

    Signals:
        changed: Carries the `IndexSettings` as they are now.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = IndexSettings()
        self.exclude = ComposingEdit(self)
        self.exclude.setObjectName("excludeField")
        self.exclude.setAccessibleName(self.tr("Left out"))
        self.exclude.setPlaceholderText("private/\n*.draft.md")
        self.exclude.setTabChangesFocus(True)
        self.exclude.setFixedHeight(self.exclude.fontMetrics().lineSpacing() * 5 + 16)
        self.tags = self._field("excludeTagsField", self.tr("Left out by tag"), self.tr("private, diary"))
        self.largest = QSpinBox(self)
        self.largest.setObjectName("largestNoteBox")
        self.largest.setAccessibleName(self.tr("Largest note"))
        self.largest.setRange(1, LARGEST_MIB)
        self.largest.setSuffix(" MiB")
        self.largest.setFixedWidth(110)
        give_room(self.largest)
        self.battery = QCheckBox(
            self.tr("Wait for the plug: no search by meaning is prepared on battery"), self
        )
        self.battery.setObjectName("batteryBox")
        built_in = self.tr("multilingual-e5-small (built in)")
        self.model = self._field("embeddingModelField", self.tr("Embedding model"), built_in)
        self.endpoint = self._field("embeddingEndpointField", self.tr("Computed at"), self.tr("this machine"))
        self.reranker = self._field("rerankerField", self.tr("Reranker"), self.tr("none"))
        self.store = self._field("storeField", self.tr("Shared index"), self.tr("kept on this machine"))
        self._store_problem = QLabel(self)
        self._store_problem.setObjectName("storeProblem")
        self._store_problem.setTextFormat(Qt.TextFormat.PlainText)
        self._store_problem.setWordWrap(True)
        self._store_problem.setProperty("problem", True)
        self._lay_out()
        self.exclude.textChanged.connect(self._edited)
        self.tags.textEdited.connect(self._edit_tags)
        self.largest.valueChanged.connect(self._edited)
        self.battery.toggled.connect(self._edited)
        self.model.textEdited.connect(self._edited)
        self.endpoint.textEdited.connect(self._edited)
        self.reranker.textEdited.connect(self._edited)
        self.store.textEdited.connect(self._edited)

    def show_settings(self, settings: Settings) -> None:
        """Show what is set."""
        self._value = value = settings.index
        for widget in (self.exclude, self.largest, self.battery, self.model):
            widget.blockSignals(True)
        self.exclude.setPlainText("\n".join(value.exclude))
        self.tags.setText(", ".join(value.exclude_tags))
        self.largest.setMaximum(max(LARGEST_MIB, value.max_note_mib))  # a file may name more: keep it
        self.largest.setValue(value.max_note_mib)
        self.battery.setChecked(value.pause_on_battery)
        self.model.setText(value.embedding_model)
        self.endpoint.setText(value.embedding_endpoint)
        self.reranker.setText(value.reranker)
        self.store.setText(value.store_url)
        self._judge_store()
        for widget in (self.exclude, self.largest, self.battery, self.model):
            widget.blockSignals(False)

    def _edit_tags(self, text: str) -> None:
        tags = (tag.strip() for tag in _COMMA.split(text))
        self._value = replace(self._value, exclude_tags=tuple(tag for tag in tags if tag))
        self._edited()

    def _edited(self) -> None:
        patterns = (line.strip() for line in self.exclude.toPlainText().splitlines())
        self._value = replace(
            self._value,
            exclude=tuple(pattern for pattern in patterns if pattern),
            max_note_mib=self.largest.value(),
            pause_on_battery=self.battery.isChecked(),
            embedding_model=self.model.text().strip(),
            embedding_endpoint=self.endpoint.text().strip(),
            reranker=self.reranker.text().strip(),
            store_url=self.store.text().strip(),
        )
        self._judge_store()
        self.changed.emit(self._value)

    def _judge_store(self) -> None:
        """Say under the address what is wrong with it; a secret in it would end up in a file."""
        address = self.store.text().strip()
        words = ""
        if address and not is_address(address):
            words = self.tr("This is no folder and no address that starts with s3://, gs://, az:// or db://.")
        elif names_secret(address):
            words = self.tr(
                "No key belongs here: the settings are a plain file. Keys are found where the store's other "
                "programs find them."
            )
        self._store_problem.setText(words)
        self._store_problem.setVisible(bool(words))

    def _field(self, name: str, title: str, placeholder: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName(name)
        field.setAccessibleName(title)
        field.setPlaceholderText(placeholder)
        return field

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        left_out = self.tr(
            "One pattern a line, written as in .gitignore. What is left out is never indexed, so it is never "
            "found and never sent to a model. The vault's own .pilotfishignore counts too."
        )
        model = self.tr(
            "A folder or a name that sentence-transformers knows. With another model the meaning of all "
            "notes is computed anew; search by words works meanwhile."
        )
        endpoint = self.tr(
            "The address of an OpenAI-compatible service that knows this model. Every note that is not left "
            "out goes there; without an address none leaves this machine."
        )
        self._add(column, self.tr("Left out"), self.exclude, left_out)
        by_tag = self.tr(
            "Tags, with commas between them. A note that carries one of them, or one below it such as "
            "#private/diary, is left out in the same way. This counts in all your vaults."
        )
        self._add(column, self.tr("Left out by tag"), self.tags, by_tag)
        self._add(column, self.tr("Largest note"), self.largest)
        self._add(column, self.tr("Battery"), self.battery)
        self._add(column, self.tr("Embedding model"), self.model, model)
        store = self.tr(
            "Where a team keeps one index of a vault: a folder that all can reach, s3://bucket/path (also "
            "gs:// and az://), or db://name of a LanceDB server. The passages of your notes then lie there, "
            "readable for whoever may read that place."
        )
        self._add(column, self.tr("Computed at"), self.endpoint, endpoint)
        reranker = self.tr(
            "A cross-encoder on this machine, by its folder or its sentence-transformers name, for example "
            "BAAI/bge-reranker-v2-m3. It reads the 20 best passages with the question and may take a quarter "
            "of a second: without a graphics card only small ones are in time. Nothing is downloaded."
        )
        self._add(column, self.tr("Reranker"), self.reranker, reranker)
        self._add(column, self.tr("Shared index"), self.store, store)
        column.insertWidget(column.count() - 2, self._store_problem)
        column.addStretch()

    def _add(self, column: QVBoxLayout, title: str, field: QWidget, hint: str = "") -> None:
        """Put a field under its title, and what there is to know about it below."""
        column.addWidget(heading(title, self))
        column.addWidget(field)
        if hint:
            column.addWidget(quiet_words(hint, self))
        column.addSpacing(10)
