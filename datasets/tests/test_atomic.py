"""Files are written whole or not at all."""

import os
import signal
from pathlib import Path

import pytest
from small_datasets import start_python, wait_for

from kmedoids_bench.datasets.atomic import whole_file, write_whole


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_new_content_takes_the_place_of_the_old(tmp_path):
    path = tmp_path / "new" / "a.txt"
    for content in (b"one", b"two"):
        with whole_file(path) as file:
            file.write(content)
        assert path.read_bytes() == content
    assert names(path.parent) == ["a.txt"]


def test_the_place_is_free_until_the_end(tmp_path):
    with whole_file(tmp_path / "a.txt") as file:
        file.write(b"half")
        assert not (tmp_path / "a.txt").exists()


def test_an_exception_leaves_the_old_file_and_nothing_else(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), whole_file(tmp_path / "a.txt") as file:
        file.write(b"new %d" % (1 // 0))
    assert names(tmp_path) == ["a.txt"]
    assert (tmp_path / "a.txt").read_bytes() == b"old"


def test_permissions_follow_the_umask(tmp_path):
    before = os.umask(0o022)
    try:
        with whole_file(tmp_path / "a.txt"):
            pass
    finally:
        os.umask(before)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o644


def test_two_writers_at_once_do_not_disturb_each_other(tmp_path):
    path = tmp_path / "a.txt"
    with whole_file(path) as first:
        first.write(b"first")
        with whole_file(path) as second:
            second.write(b"second")
        assert path.read_bytes() == b"second"
    assert path.read_bytes() == b"first"
    assert names(tmp_path) == ["a.txt"]


def test_what_a_killed_writer_left_is_removed_by_the_next(tmp_path):
    path = tmp_path / "a.txt"
    writer = start_python(
        f"""
import time
from pathlib import Path
from kmedoids_bench.datasets.atomic import whole_file
with whole_file(Path({str(path)!r})) as file:
    file.write(b"x" * 100_000)
    time.sleep(60)
"""
    )
    wait_for(lambda: any(tmp_path.iterdir()))
    (tmp_path / ".b.txt.1234.part").write_bytes(b"of another file")
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    assert not path.exists()
    assert len(names(tmp_path)) == 2
    with whole_file(path) as file:
        file.write(b"new")
    assert names(tmp_path) == [".b.txt.1234.part", "a.txt"]


def test_a_text_or_bytes_replace_a_file_whole(tmp_path):
    path = tmp_path / "new" / "page.html"
    write_whole(path, b"one")
    write_whole(path, "zwölf")
    assert path.read_text(encoding="utf-8") == "zwölf"
    with pytest.raises(TypeError):
        write_whole(path, 3)
    assert path.read_text(encoding="utf-8") == "zwölf"
    assert list(path.parent.iterdir()) == [path]


def test_what_is_no_file_stays(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileExistsError, match="this is no file, and is not replaced by one: '.*pipe'"):
        write_whole(tmp_path / "pipe", "new")
    assert (tmp_path / "pipe").is_fifo()


def test_what_a_link_stands_for_is_replaced(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere" / "file")
    write_whole(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "elsewhere" / "file").read_text() == "new"
