"""A small bilingual vault, indexed once with a made-up embedder, for the tests of search."""

from __future__ import annotations

import pytest

from core.search.searcher import Searcher
from tests.core.index.conftest import embedder, empty_home, home, index, indexer
from tests.core.index.fakes import HashingEmbedder, write

NOTES = {
    "Launch plan.md": "---\naliases: [GTM]\ntags: [board]\n---\n# Launch plan\n\n"
    "We open the beta in March, because the waiting list passed two thousand people.\n\nSee [[Pricing]].",
    "Pricing.md": "# Pricing\n\nThe monthly subscription costs nine dollars. #money/revenue",
    "projects/Churn.md": "# Churn\n\nChurn in the pilot fell to three percent.",
    "projects/Other.md": "# Other\n\nNothing about these subjects, only gardens and rivers.",
    "日记/三月.md": "# 三月\n\n三月开始公测，等候名单超过两千人。\n\n#公测",
    "日记/花园.md": "# 花园\n\n今天在花园里种了西红柿和黄瓜。",
}

__all__ = ["embedder", "empty_home", "home", "index", "indexer"]


@pytest.fixture
def searcher(index, indexer, vault, embedder):
    write(vault, NOTES)
    indexer.bring_up_to_date()
    return Searcher(index, embedder, second=HashingEmbedder("second"))
