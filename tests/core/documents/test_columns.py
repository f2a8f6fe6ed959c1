"""Pages in columns are read column by column, whatever order they were drawn in; tables stay as they are."""

import random
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.documents.columns import in_reading_order
from core.documents.prose import Run, is_prose, is_right_to_left
from tests.core.documents.made import pdf

WORDS = [
    "the",
    "siege",
    "of",
    "a",
    "town",
    "was",
    "long",
    "and",
    "its",
    "people",
    "went",
    "down",
    "caves",
    "by",
]
HAN = "京剧锣鼓的运用有约定俗成的程式，依照角色行当的身份、性格和情绪配合相应的节奏。"
PITCH = 12


def prose(seed, lines, width=44):
    """Lines of English text of about this width, the first of them with this seed as a word."""
    chance = random.Random(seed)
    text = f"column{seed} " + " ".join(chance.choice(WORDS) for _ in range(lines * width))
    return textwrap.wrap(text, width)[:lines]


def chinese(seed, lines, width=16):
    text = chr(0x4E00 + seed) + HAN * (lines * width // len(HAN) + 2)
    return [text[at : at + width] for at in range(0, lines * width, width)]


def column(lines, left, *, top=100, width=220, size=10):
    """Runs of one column as wide as their words; `place` is given by `drawn`."""
    longest = max(map(len, lines))
    return [
        Run(words, left, left + width * len(words) / longest, top + PITCH * number, size, 0)
        for number, words in enumerate(lines)
    ]


def drawn(*runs):
    """The runs in the order in which they are given."""
    return [Run(run.words, run.left, run.right, run.y, run.size, place) for place, run in enumerate(runs)]


def by_line(*columns):
    """What stands in columns, drawn line by line across the page."""
    return drawn(*sorted((run for column in columns for run in column), key=lambda run: (run.y, run.left)))


def read(runs, rules=()):
    blocks = in_reading_order(runs, rules)
    return None if blocks is None else "\n".join(blocks).split("\n")


@pytest.mark.parametrize("text", [prose, chinese])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_columns_that_were_drawn_line_by_line_are_read_one_after_the_other(text, count):
    texts = [text(number, 20) for number in range(count)]
    runs = by_line(*(column(lines, 50 + 245 * number) for number, lines in enumerate(texts)))
    assert read(runs) == [line for lines in texts for line in lines]


def test_columns_whose_lines_stand_at_different_heights_are_told_all_the_same():
    first, second = prose(1, 20), prose(2, 24)
    assert read(by_line(column(first, 50), column(second, 300, top=106))) == first + second


def test_columns_drawn_paragraph_by_paragraph_are_put_in_order():
    first, second = prose(1, 24), prose(2, 24)
    left, right = column(first, 50), column(second, 300)
    pieces = [left[:5], right[:7], left[5:11], right[7:15], left[11:], right[15:]]
    assert read(drawn(*(run for piece in pieces for run in piece))) == first + second


def test_a_second_column_that_was_drawn_first_is_read_second():
    first, second = prose(1, 12), prose(2, 12)
    assert read(drawn(*column(second, 300), *column(first, 50))) == first + second


def test_columns_drawn_in_their_order_stay_as_they_were_drawn():
    assert read(drawn(*column(prose(1, 20), 50), *column(prose(2, 20), 300))) is None


def test_titles_wide_figures_headers_and_footers_part_the_columns():
    upper, lower = (prose(1, 9), prose(2, 9)), (prose(3, 9), prose(4, 9))
    header = [Run("Journal", 50, 90, 40, 10, 0), Run("p. 3", 480, 520, 40, 10, 0)]
    wide = [Run("A title that spans the page", 100, 480, 80, 18, 0)]
    caption = [Run("Figure 1. What both columns speak of and show", 80, 500, 260, 10, 0)]
    footer = [Run("A journal of things", 50, 150, 800, 10, 0)]
    columns = [column(lines, left) for lines, left in zip(upper, (50, 300), strict=True)]
    columns += [column(lines, left, top=400) for lines, left in zip(lower, (50, 300), strict=True)]
    assert read(by_line(header, wide, caption, footer, *columns)) == [
        "Journal p. 3",
        wide[0].words,
        *upper[0],
        *upper[1],
        caption[0].words,
        *lower[0],
        *lower[1],
        footer[0].words,
    ]


def test_two_lines_below_a_wide_figure_belong_to_the_columns_above_it():
    first, second, rest, more = prose(1, 20), prose(2, 20), prose(3, 3), prose(4, 3)
    caption = [Run("Figure 1. What both columns speak of and show", 80, 500, 350, 10, 0)]
    below = column(rest, 50, top=370), column(more, 300, top=370)
    runs = by_line(column(first, 50), column(second, 300), caption, *below)
    assert read(runs) == [*first, *second, caption[0].words, *rest, *more]


def test_a_short_second_column_is_read_after_the_first():
    first, second = prose(1, 20), prose(2, 3)
    assert read(by_line(column(first, 50), column(second, 300))) == first + second


def test_footnotes_follow_the_text_that_runs_on_over_them():
    first, second, note = prose(1, 18), prose(2, 20), ["1 See the letters of the commander, and"]
    notes = column(note, 50, top=100 + 19 * PITCH, size=8)
    assert read(by_line([*column(first, 50), *notes], column(second, 300))) == first + second + note


def test_small_type_that_goes_on_in_the_next_column_is_no_footnote():
    first, last = (
        prose(1, 10),
        ["1 See the letters of the commander, and", "of those who answered him in his time"],
    )
    small = column(last, 50, top=100 + 10 * PITCH, size=8)
    second = prose(2, 12)
    runs = by_line([*column(first, 50), *small], column(second, 300, size=8))
    assert read(runs) == first + last + second


def test_a_line_that_is_too_long_may_poke_into_the_white():
    first, second = prose(1, 20), prose(2, 20)
    left = column(first, 50)
    left[9] = Run(first[9], 50, 289, left[9].y, 10, 0)
    assert read(by_line(left, column(second, 300))) == first + second


def test_the_first_column_of_arabic_is_the_right_one():
    first, second = (
        [f"{word} وقد كانت المدينة محاصرة من كل جانب لفترة طويلة" for _ in range(9)] for word in "اب"
    )
    runs = by_line(column(first, 300), column(second, 50))
    assert is_right_to_left(runs)
    assert read(runs) == first + second


NAMES = ["Ada Lovelace", "Grace Hopper", "Edsger Dijkstra", "Barbara Liskov", "Alan Turing", "Donald Knuth"]
TABLES = {
    "numbers": [[f"{row * 12.5:.2f}" for row in range(20)], [f"{row * 3.25:.2f}" for row in range(20)]],
    "times": [[f"2023-12-{row:02} 12:30:00 +0800" for row in range(1, 20)]] * 2,
    "names": [NAMES * 3, [name.upper() for name in NAMES] * 3],
    "sentences": [
        [f"Step {n}: open {'it ' * (n % 7)}" for n in range(18)],
        ["Then wait", "Close the lid now"] * 9,
    ],
    "Chinese names": [
        ["北京某某科技有限公司", "上海某公司", "广州市某某机械制造股份有限公司"] * 6,
        ["张三", "欧阳四"] * 9,
    ],
    "name and text": [NAMES * 3, prose(1, 18)],
}


@pytest.mark.parametrize("cells", TABLES.values(), ids=TABLES)
def test_a_table_is_not_taken_for_columns(cells):
    assert read(by_line(column(cells[0], 50, width=150), column(cells[1], 300))) is None


def spanning_table(top):
    """Rows of four cells, two over each column."""
    lefts = (50, 150, 300, 400)
    return [
        Run(f"cell {row}.{left}", left, left + 40, top + PITCH * row, 10, 0)
        for row in range(6)
        for left in lefts
    ]


def test_a_table_over_both_columns_does_not_make_them_mixed():
    columns = column(prose(1, 20), 50, top=200), column(prose(2, 20), 300, top=200)
    assert read(drawn(*spanning_table(100), *columns[0], *columns[1])) is None


@pytest.mark.parametrize("top", [100, 500])
def test_a_table_over_both_columns_is_read_by_row_beside_mixed_columns(top):
    first, second, cells = prose(1, 20), prose(2, 20), spanning_table(top)
    rows = [" ".join(cell.words for cell in cells[4 * row : 4 * row + 4]) for row in range(6)]
    runs = by_line(cells, column(first, 50, top=200), column(second, 300, top=200))
    assert read(runs) == (rows + first + second if top == 100 else first + second + rows)


@pytest.mark.parametrize("is_by_line", [True, False])
def test_a_table_whose_cells_are_prose_is_read_by_row(is_by_line):
    rows = [
        (column(prose(n, 7), 50, top=100 + 110 * n), column(prose(n + 9, 5), 300, top=100 + 110 * n))
        for n in range(5)
    ]
    cells = [cell for row in rows for cell in row]
    runs = by_line(*cells) if is_by_line else drawn(*(run for cell in cells for run in cell))
    assert read(runs) is None


def test_rules_across_the_page_part_the_rows_of_a_table():
    left, right = column(prose(1, 20), 50), column(prose(2, 20), 300)
    rules = [Run("", 50, 520, 92 + 4 * PITCH * number, 0, -1) for number in range(6)]
    assert read(by_line(left, right), rules) is None
    assert read(by_line(left, right)) is not None


@pytest.mark.parametrize("text", [prose, chinese])
def test_one_column_stays_as_it_is(text):
    assert read(drawn(*column(text(1, 40), 50, width=460))) is None


def test_numbers_and_few_lines_are_no_prose():
    assert is_prose(column(prose(1, 9), 50))
    assert not is_prose(column(prose(1, 3), 50))
    assert not is_prose(column(["1 234 567 890 123 456 789 012"] * 9, 50))


places = st.builds(
    lambda words, left, width, y, size: Run(words, left, left + width, y, size, 0),
    st.sampled_from(["word", "a longer line of words that could be prose", "版本控制工具太难用还要花钱，"]),
    st.integers(0, 500),
    st.integers(1, 500),
    st.integers(0, 800),
    st.integers(6, 20),
)


@settings(deadline=None, max_examples=50)
@given(st.lists(places, max_size=40))
def test_no_page_is_too_strange_and_no_words_are_lost(runs):
    blocks = in_reading_order(drawn(*runs))
    if blocks is not None:
        assert sorted("".join("".join(blocks).split())) == sorted(
            "".join(run.words for run in runs).replace(" ", "")
        )


@settings(deadline=None, max_examples=25)
@given(st.integers(2, 3), st.integers(8, 20), st.integers(0, 11), st.randoms(use_true_random=False))
def test_whatever_the_order_of_drawing_each_column_is_read_downwards(count, lines, shift, chance):
    texts = [[f"{n}{number:02}{line}" for number, line in enumerate(prose(n, lines))] for n in range(count)]
    runs = [run for n, text in enumerate(texts) for run in column(text, 50 + 245 * n, top=100 + n * shift)]
    chance.shuffle(runs)
    text = "\n".join(in_reading_order(drawn(*runs)) or [line for text in texts for line in text])
    for lines_of_one in texts:
        places = [text.index(line) for line in lines_of_one]
        assert places == sorted(places)


def page_of(*columns, turn=0):
    """A content stream that draws columns line by line; each is a left edge and its lines."""
    rows = zip(*(lines for _, lines in columns), strict=True)
    places = [(left, 700 - 14 * number, words) for number, row in enumerate(rows)
              for (left, _), words in zip(columns, row, strict=True)]  # fmt: skip
    if turn == 90:
        return "\n".join(f"BT /F1 9 Tf 0 1 -1 0 {792 - y} {x} Tm ({words}) Tj ET" for x, y, words in places)
    return "\n".join(f"BT /F1 9 Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET" for x, y, words in places)


@pytest.mark.parametrize("turn", [0, 90])
def test_a_pdf_in_columns_is_read_in_order_with_its_broken_words_made_whole(convert, turn):
    first, second = prose(1, 14), prose(2, 14)
    first[3] = first[3][:-5] + "revolu-"
    first[4] = "tion " + first[4][5:]
    stream = page_of((50, first), (320, second), turn=turn)
    (part,) = convert(pdf(stream, page=f"/Rotate {turn}" if turn else ""), "a.pdf").parts
    assert "revolution " in part.text
    assert "".join(part.text.split()) == "".join(
        "".join([*first, *second]).replace("revolu-", "revolu").split()
    )


def test_hidden_words_between_the_columns_of_a_pdf_stay_out_and_are_reported(convert):
    first, second = prose(1, 14), prose(2, 14)
    order = "BT 3 Tr /F1 9 Tf 1 0 0 1 292 700 Tm (order) Tj 0 Tr ET"
    stream = page_of((50, first), (320, second)).replace("\n", f"\n{order}\n", 1)
    made = convert(pdf(stream), "a.pdf")
    assert "order" not in made.parts[0].text
    assert made.parts[0].text.index("column1") < made.parts[0].text.index("column2")
    assert [hidden.sample for hidden in made.hidden] == ["order"]


def test_a_ruled_table_of_a_pdf_stays_as_it_was_drawn(convert):
    first, second = prose(1, 12), prose(2, 12)
    lines = " ".join(f"50 {709 - 42 * n} 500 0.5 re f" for n in range(5))
    rows = [f"{left} {right}" for left, right in zip(first, second, strict=True)]
    (part,) = convert(pdf(f"{lines}\n{page_of((50, first), (320, second))}"), "a.pdf").parts
    assert "".join(part.text.split()) == "".join("".join(rows).split())
