"""The names a vault offers, over a real vault that is indexed."""

from core.index.vocabulary import heading_names, note_names, tag_names
from core.text.matching import find_terms
from tests.core.index.fakes import write

NOTES = {
    "发布计划.md": "---\naliases: [上线]\n---\n# 发布计划\n\n## 时间\n\n#项目/发布 and #beta",
    "sub/Pilot.md": "# The pilot\n\n#beta\n\n## 时间\n\n## Costs",
}


def texts(terms):
    return [term.text for term in terms]


def test_notes_go_by_file_name_title_and_alias_each_with_its_path(indexer, vault, index):
    write(vault, NOTES)
    indexer.update()
    names = note_names(index.catalog)
    assert {(term.text, term.detail) for term in names.entries} == {
        ("发布计划", "发布计划.md"),
        ("上线", "发布计划.md"),
        ("Pilot", "sub/Pilot.md"),
        ("The pilot", "sub/Pilot.md"),
    }
    assert texts(find_terms(names, "fbjh", 5)) == ["发布计划"]


def test_ids_of_blocks_are_not_offered_as_notes(indexer, vault, index):
    write(vault, {"Book.md": "- chapter\n  id:: 64e3c1f0-aaaa-2222-3333-444455556666\n"})
    indexer.update()
    assert texts(note_names(index.catalog).entries) == ["Book"]


def test_the_tags_of_most_notes_stand_first(indexer, vault, index):
    write(vault, NOTES)
    indexer.update()
    assert texts(tag_names(index.catalog).entries) == ["beta", "项目/发布"]


def test_headings_stand_in_the_order_of_their_note(indexer, vault, index):
    write(vault, NOTES)
    indexer.update()
    assert texts(heading_names(index.catalog, "sub/Pilot.md").entries) == ["The pilot", "时间", "Costs"]
    assert heading_names(index.catalog, "missing.md").entries == ()
