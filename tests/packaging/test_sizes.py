"""How much room a packaged program takes, and what takes it."""

import pytest


@pytest.fixture
def folder(tmp_path):
    sizes = {
        "lancedb/a.so": 5_000_000,
        "lancedb/deep/er.py": 600_000,
        "numpy/n.so": 2_000_000,
        "numpy.libs/blas.so": 7_000_000,
        "libx.so": 1_500_000,
    }
    for name, size in sizes.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(bytes(size))
    return tmp_path


def test_a_package_counts_with_the_libraries_of_its_wheel(tools, folder):
    assert list(tools.sizes.parts(folder).items()) == [("numpy", 9), ("lancedb", 6), ("libx.so", 2)]


def test_only_the_largest_parts_are_named(tools, folder):
    for number in range(30):
        (folder / f"small {number}").write_bytes(b"x")
    assert len(tools.sizes.parts(folder)) == tools.sizes.MOST


def test_what_a_link_points_to_counts_once(tools, folder):
    before = tools.sizes.size(folder)
    (folder / "link.so").symlink_to("lancedb/a.so")
    (folder / "folder").symlink_to("lancedb")
    (folder / "nowhere.so").symlink_to("gone.so")
    assert tools.sizes.size(folder) - before < 100
    assert tools.sizes.megabytes(folder / "numpy.libs" / "blas.so") == 7
