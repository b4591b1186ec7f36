"""Which files are meant where folders, patterns and links are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.files import FilesError, files_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two documents, and things that are none."""
    made = tmp_path / "notices"
    (made / "more").mkdir(parents=True)
    for name in ("a.txt", "more/b.PDF", "c.doc", "more/d.xlsx", "README", ".hidden.doc", ".hidden.txt"):
        (made / name).touch()
    return made


def test_what_of_a_folder_cannot_be_read_is_named(folder: Path) -> None:
    found = files_in([folder])
    assert found.named == (folder / "a.txt", folder / "more/b.PDF")
    assert found.unread == (folder / "README", folder / "c.doc", folder / "more/d.xlsx")
    assert found.outside == ()


def test_a_link_out_of_a_folder_is_left_aside(folder: Path, tmp_path: Path) -> None:
    """To a file, to a folder, to what is beside it with a name that begins alike, and one that leads in a circle."""
    beside = tmp_path / "notices-of-others"
    beside.mkdir()
    (beside / "secret.txt").touch()
    for name, target in (
        ("l1.txt", beside / "secret.txt"),
        ("l2", beside),
        ("more/l3.doc", "../../x"),
        ("l4.txt", "l4.txt"),
    ):
        (folder / name).symlink_to(target)
    found = files_in([folder])
    assert found.named == (folder / "a.txt", folder / "more/b.PDF")
    assert sorted(found.outside) == [folder / "l1.txt", folder / "l2", folder / "l4.txt", folder / "more/l3.doc"]


def test_a_link_that_is_named_or_stays_in_its_folder_is_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").touch()
    (folder / "inner.txt").symlink_to("more/b.PDF")
    (folder / "up").symlink_to(".")
    (folder / "out.txt").symlink_to(tmp_path / "other.txt")
    to_folder = tmp_path / "link"
    to_folder.symlink_to(folder)
    found = files_in([to_folder, folder / "out.txt", to_folder / "out.txt"])
    inner = tuple(to_folder / name for name in ("a.txt", "inner.txt", "more/b.PDF"))
    assert found.named == (*inner, folder / "out.txt", to_folder / "out.txt")
    assert found.outside == ()


def test_a_folder_without_a_document_says_what_was_not_followed(tmp_path: Path) -> None:
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "passwd.txt").symlink_to("/etc/passwd")
    with pytest.raises(FilesError, match=r"no file below it.*not followed \(1\)"):
        files_in([tmp_path / "f"])
