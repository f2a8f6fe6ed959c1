"""Which note to show in a vault that is opened for the first time."""

from __future__ import annotations

from collections.abc import Iterable

ENGLISH = ("welcome.md", "start here.md", "home.md", "index.md", "readme.md")
CHINESE = ("欢迎.md", "开始.md", "首页.md", "主页.md", "目录.md")


def front_page(notes: Iterable[str], *, prefers_chinese: bool) -> str:
    """Return the note at the top of a vault that greets its reader; empty where there is none."""
    by_name = {path.casefold(): path for path in notes if "/" not in path}
    names = (*CHINESE, *ENGLISH) if prefers_chinese else (*ENGLISH, *CHINESE)
    return next((by_name[name] for name in names if name in by_name), "")
