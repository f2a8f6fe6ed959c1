"""Made-up notes for property tests: lines that a writer, or an attacker, might put under each other."""

from __future__ import annotations

from hypothesis import strategies as st

# fmt: off
WORDS = st.sampled_from([
    "alpha", "beta", "C++", "发布", "计划，", "说：“好。”", "e.g.", "3.14", "e\u0301", "\u200b",
    "👨\u200d👩\u200d👧", "#tag/子", "#1", "[[笔记|别名]]", "![[图.png]]", "[[n#^b]]", "[t](a%20b.md#h)",
    "[w](https://x.y)", "`[[code]]`", "$x #y$", "((64a1b2c3-0000-1111-2222-333344445555))", "%%",
    "<b id='z'>", "\\[[no]]", "*", "_", "[", "]", "(", "`", "^id", "|", "~~", "\0", "\u2028", "\x0b",
    "\ud800", "<!--", "-->", "key:: value", "[^1]", "](", "\t", "[r]",
])
PREFIXES = st.sampled_from([
    "", "", "", "# ", "## ", "###### ", "- ", "* ", "1. ", "12) ", "> ", "> - ", "> [!note] ", "\t",
    "  ", "    ", "\t- ", "  - ", "\t\t- ", "- [ ] ", "- [x] ", "- TODO ", "| ", "[^1]: ", "[r]: ",
    "id:: ", "tags:: ", "---", "===", ">", "```", "~~~", "$$", "%%", "***", "|--|--|", "<div>",
    "- # ", "- ```", "- ---", "+ ",
])
FRONT = st.sampled_from([
    "", "", "", "---\ntitle: 标题\naliases: [a, 别名]\ntags: [x/y]\nlink: '[[n]]'\n---\n",
    "---\nbad: [\n---\n", "---\n---\n", "---\nprose\n---\n", "---\nno: end\n",
    "title:: t\nalias:: a, [[b]]\n\n",
])
# fmt: on
LINES = st.builds(lambda prefix, words: prefix + " ".join(words), PREFIXES, st.lists(WORDS, max_size=6))
BODIES = st.lists(st.one_of(LINES, st.just("")), max_size=25).map("\n".join)
NOTES = st.one_of(
    st.builds(lambda front, body: front + body, FRONT, BODIES),
    st.text(alphabet=st.characters(exclude_characters="\r"), max_size=200),
)
LONG_NOTES = st.builds(
    lambda front, lines, times: front + "\n".join(lines * times),
    FRONT,
    st.lists(st.one_of(LINES, st.just("")), min_size=1, max_size=8),
    st.integers(1, 60),
)
