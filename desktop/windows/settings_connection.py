"""The form that adds a provider: address, key, a test, and what it means for the person's text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from core.errors import AddressNotSecure
from core.llm.endpoint import host, is_loopback
from core.llm.quirks import PRESETS, Preset, preset_of
from desktop.bridge.engine_bridge import EngineBridge
from desktop.error_sentences import Action
from desktop.error_text import word
from desktop.theme.theme import Theme
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.dressing import dialog_button, show_as

OTHER = "other"


class ConnectionForm(QFrame):
    """Asks for one provider and tries it out.

    Signals:
        accepted: Carries a wanted name, the address, the key, the models it listed, and whether the person
            agreed to an unencrypted address.
        cancelled: The person does not want one.
    """

    accepted = Signal(str, str, str, list, bool)
    cancelled = Signal()

    def __init__(self, bridge: EngineBridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._models: list[str] = []
        self._test = 0
        self.setObjectName("connectionForm")
        self.setProperty("card", True)
        self.preset_box = ChoiceBox(theme, "presetBox", self.tr("Provider"), self)
        for preset in PRESETS:
            self.preset_box.addItem(preset.title, preset.name)
        self.preset_box.addItem(self.tr("Another provider"), OTHER)
        self.address = self._field("addressField", self.tr("Address"))
        self.address.setPlaceholderText("https://…/v1")
        self.key = self._field("keyField", self.tr("Key"))
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.consent = QCheckBox(self.tr("Connect anyway: anyone on the way can read the text"), self)
        self.consent.setObjectName("consentBox")
        self._result = self._words("connectionResult")
        self._privacy = self._words("privacyNote")
        self.test_button = dialog_button("testButton", self.tr("Test connection"), self, self.test)
        self.add_button = dialog_button("addButton", self.tr("Add"), self, self._accept)
        self._cancel_button = dialog_button("cancelAddButton", self.tr("Cancel"), self, self.cancelled.emit)
        self._lay_out()
        self.preset_box.activated.connect(self._preset_chosen)
        self.address.textChanged.connect(self._edited)
        self.key.textChanged.connect(self._edited)
        self.consent.toggled.connect(self._refresh)
        self.begin()

    def begin(self) -> None:
        """Start afresh with the first preset."""
        self.key.clear()
        self.preset_box.setCurrentIndex(0)
        self._preset_chosen()

    def test(self) -> None:
        """Ask the address for its models; the answer says whether address and key are right."""
        if not self._bridge.attached:
            self._say(self.tr("Pilotfish is still starting. Try again in a moment."))
            return
        self._test += 1
        number = self._test
        self._say(self.tr("Connecting"))
        self.test_button.setEnabled(False)
        self._bridge.list_models(
            self.address.text().strip(),
            self.key.text().strip(),
            done=self._current(number, self._listed),
            failed=self._current(number, self._failed),
        )

    def _current(self, number: int, call: Callable[[object], None]) -> Callable[[object], None]:
        """Let a result through only if nothing was edited since it was asked for."""
        return lambda value: call(value) if number == self._test else None

    def _listed(self, models: object) -> None:
        self._models = [str(model) for model in models] if isinstance(models, list) else []
        self._say(self.tr("Connected. Models: {count}").format(count=len(self._models)))
        self._refresh()

    def _failed(self, error: object) -> None:
        if isinstance(error, Exception):
            worded = word(error)
            here = worded.action is Action.OPEN_SETTINGS  # that is where the person is already
            self._say(worded.text if here else f"{worded.text} {worded.hint}", problem=True)
        self.consent.setVisible(isinstance(error, AddressNotSecure))
        self._refresh()

    def _edited(self) -> None:
        self._test += 1  # whatever a test under way finds out is about another address or key
        self._models = []
        self._say("")
        self.consent.setChecked(False)
        self.consent.hide()
        self._refresh()

    def _refresh(self) -> None:
        name = host(self.address.text())
        self.test_button.setEnabled(bool(name))
        self.add_button.setEnabled(bool(name))
        self._privacy.setText(self._privacy_text(name))

    def _privacy_text(self, name: str) -> str:
        if not name:
            return ""
        if is_loopback(self.address.text()):
            return self.tr("Runs on this machine: nothing leaves it.")
        return self.tr(
            "Your requests, the text they work on and the passages found for them go to {host}. "
            "The index of your notes stays on this machine. "
            "The key is kept in the system's keyring, for this address only."
        ).format(host=name)

    def _preset_chosen(self) -> None:
        preset = self._preset()
        self.key.clear()  # it belongs to the provider that was chosen before
        self.address.setText(preset.base_url if preset else "")
        self.key.setEnabled(preset is None or preset.needs_key)
        self._edited()

    def _preset(self) -> Preset | None:
        name = self.preset_box.currentData()
        return next((preset for preset in PRESETS if preset.name == name), None)

    def _accept(self) -> None:
        address = self.address.text().strip()
        name = _name_for(address, self._preset())
        self.accepted.emit(name, address, self.key.text().strip(), self._models, self.consent.isChecked())

    def _say(self, text: str, *, problem: bool = False) -> None:
        self._result.setText(text)
        self._result.setVisible(bool(text))
        show_as(self._result, "problem", problem)

    def _field(self, name: str, label: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName(name)
        field.setAccessibleName(label)
        return field

    def _words(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setProperty("quiet", True)
        return label

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(16, 12, 16, 12)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Provider"), self.preset_box)
        form.addRow(self.tr("Address"), self.address)
        form.addRow(self.tr("Key"), self.key)
        form.addRow("", self._result)
        form.addRow("", self.consent)
        form.addRow("", self._privacy)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.test_button)
        buttons.addStretch()
        buttons.addWidget(self._cancel_button)
        buttons.addWidget(self.add_button)
        form.addRow(buttons)


def _name_for(address: str, preset: Preset | None) -> str:
    """Return the preset's title, unless the address was changed to somebody else's; then the host."""
    if preset is None or (preset.hosts and preset_of(address) is not preset):
        return host(address)
    return preset.title
