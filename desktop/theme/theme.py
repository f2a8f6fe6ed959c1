"""How the window looks: colours by role, icons by name, fonts, and the style that Qt's own widgets take.

Widgets name no colour. They use palette roles, `Theme.colour`, or one of the dynamic properties that the
style sheet knows: `primary`, `flat`, `card`, `quiet`, `pill`, `problem`, `title`.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from desktop.theme import fonts
from desktop.theme.icons import load_icon
from desktop.theme.palette import build_palette
from desktop.theme.roles import Scheme, load_scheme
from desktop.theme.style_sheet import build_style_sheet


class Theme(QObject):
    """The one source of colours, icons and fonts.

    Signals:
        changed: Another scheme, or size of text, is in force; ask again for everything that was asked for.
    """

    changed = Signal()

    def __init__(self, preference: str = "system", parent: QObject | None = None) -> None:
        """Take `system`, `light` or `dark`; with `system` the scheme follows the desktop's."""
        super().__init__(parent)
        self._preference = preference
        self._text_pixels = fonts.EDITOR_PIXELS
        self._app: QApplication | None = None
        self._icons: dict[tuple[str, str], QIcon] = {}
        # Both kept: PySide deletes the accessibility hints together with the wrapper of their parent.
        self._hints = QGuiApplication.styleHints()
        self._accessibility = self._hints.accessibility()
        self._system_dark = _system_is_dark()
        self._scheme = self._wanted_scheme()
        self._hints.colorSchemeChanged.connect(self._system_changed)
        self._accessibility.contrastPreferenceChanged.connect(self._system_changed)

    @property
    def ui_font(self) -> QFont:
        """The font of the interface."""
        return fonts.ui_font()

    @property
    def editor_font(self) -> QFont:
        """The font of the note."""
        return fonts.editor_font(self._text_pixels)

    @property
    def mono_font(self) -> QFont:
        """The font of code."""
        return fonts.mono_font()

    @property
    def editor_mono_font(self) -> QFont:
        """The font of code in the note."""
        return fonts.editor_mono_font(self._text_pixels)

    @property
    def text_pixels(self) -> int:
        """How large the letters of notes are."""
        return self._text_pixels

    def set_text_pixels(self, pixels: int) -> None:
        """Have the letters of notes in another size."""
        if pixels != self._text_pixels:
            self._text_pixels = pixels
            self.changed.emit()

    def is_dark(self) -> bool:
        """Whether the scheme in force is the dark one."""
        return self._scheme.dark

    def colour(self, role: str) -> QColor:
        """Return the colour of a role; an unknown role raises `KeyError`."""
        return QColor(self._scheme.colours[role])

    def icon(self, name: str, *, role: str = "text") -> QIcon:
        """Return the icon `name` tinted by `role`; an empty icon, logged, where there is none."""
        key = (name, role)
        if key not in self._icons:
            self._icons[key] = load_icon(name, self.colour(role), self.colour("ghost"))
        return self._icons[key]

    def apply(self, app: QApplication) -> None:
        """Give the application our palette, font and style sheet, now and at every change."""
        self._app = app
        app.setFont(self.ui_font)
        self._dress(app)

    def set_preference(self, preference: str) -> None:
        """Follow another setting: `system`, `light` or `dark`."""
        self._preference = preference
        self._refresh()

    def _system_changed(self) -> None:
        scheme = self._hints.colorScheme()
        if scheme != Qt.ColorScheme.Unknown:  # our own palette must not be taken for the system's
            self._system_dark = scheme == Qt.ColorScheme.Dark
        self._refresh()

    def _refresh(self) -> None:
        scheme = self._wanted_scheme()
        if scheme == self._scheme:
            return
        self._scheme = scheme
        self._icons.clear()
        if self._app is not None:
            self._dress(self._app)
        self.changed.emit()

    def _wanted_scheme(self) -> Scheme:
        dark = self._system_dark if self._preference == "system" else self._preference == "dark"
        wish = self._accessibility.contrastPreference()
        return load_scheme(dark=dark, high_contrast=wish == Qt.ContrastPreference.HighContrast)

    def _dress(self, app: QApplication) -> None:
        app.setPalette(build_palette(self._scheme))
        app.setStyleSheet(build_style_sheet(self._scheme))


def _system_is_dark() -> bool:
    """Whether the desktop is dark: as it says, else as its palette tells."""
    scheme = QGuiApplication.styleHints().colorScheme()
    if scheme != Qt.ColorScheme.Unknown:
        return scheme == Qt.ColorScheme.Dark
    palette = QGuiApplication.palette()
    return palette.color(QPalette.ColorRole.Window).lightnessF() < 0.5
