"""Numbers stand as far from their frame as words do."""

from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox

from desktop.widgets.number_box import give_room


def test_the_number_keeps_off_the_frame_on_both_sides(qtbot, theme):
    for box in (QSpinBox(), QDoubleSpinBox()):
        qtbot.addWidget(box)
        give_room(box)
        margins = box.lineEdit().textMargins()
        assert (margins.left(), margins.right(), margins.top()) == (8, 8, 0)
