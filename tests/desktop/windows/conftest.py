"""The left pane with its notes."""

import pytest

from desktop.windows.tree_nodes import Tree
from desktop.windows.vault_pane import VaultPane

NOTES = ["Welcome.md", "欢迎.md", "Projects/Launch plan.md", "Projects/Pricing.md"]


@pytest.fixture
def pane(qtbot, theme):
    pane = VaultPane(theme)
    qtbot.addWidget(pane)
    pane.resize(260, 700)
    pane.tree.show_tree(Tree(NOTES))
    return pane
