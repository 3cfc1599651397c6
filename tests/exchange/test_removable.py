"""Bytes onto the medium and back."""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path

import pytest

from app.durable import sync_folder
from app.exchange import removable
from app.exchange.removable import (
    BLOCK,
    CREATE_FLAGS,
    blocks,
    copy_blocks,
    drop_cache,
    flush_tree,
    free_space,
    hash_open_file,
    write_all,
)

SIZES = [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 7]


def content_of(size: int) -> bytes:
    return bytes(range(251)) * (size // 251) + bytes(size % 251)


@pytest.mark.parametrize("size", SIZES)
def test_copy_and_digests(tmp_path: Path, size: int) -> None:
    content = content_of(size)
    (tmp_path / "a").write_bytes(content)
    moved: list[int] = []
    source = os.open(tmp_path / "a", removable.READ_FLAGS)
    target = os.open(tmp_path / "b", CREATE_FLAGS)
    try:
        assert copy_blocks(blocks(source), target, moved.append) == (
            hashlib.sha256(content).hexdigest(),
            size,
        )
    finally:
        os.close(source)
        os.close(target)
    assert (tmp_path / "b").read_bytes() == content
    assert sum(moved) == size
    again = os.open(tmp_path / "b", removable.READ_FLAGS)
    try:
        digests, octets = hash_open_file(again, ("md5", "sha256"), lambda _: None)
    finally:
        os.close(again)
    assert octets == size
    assert digests == {
        "md5": hashlib.md5(content, usedforsecurity=False).hexdigest(),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def test_a_short_write_is_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, bytes(data)[:3]))
    target = os.open(tmp_path / "a", CREATE_FLAGS)
    try:
        write_all(target, b"0123456789")
        drop_cache(target)
    finally:
        os.close(target)
    assert (tmp_path / "a").read_bytes() == b"0123456789"


def test_a_stop_in_the_middle_lets_go_of_the_thread(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(content_of(4 * BLOCK))

    def stop(_: int) -> None:
        raise InterruptedError("enough")

    source = os.open(tmp_path / "a", removable.READ_FLAGS)
    try:
        with pytest.raises(InterruptedError):
            hash_open_file(source, ("sha256",), stop)
    finally:
        os.close(source)
    assert not [thread for thread in threading.enumerate() if thread.name == "digest"]


def test_flushing_folders(tmp_path: Path) -> None:
    (tmp_path / "一" / "二").mkdir(parents=True)
    flush_tree(tmp_path)
    sync_folder(tmp_path)
    with pytest.raises(FileNotFoundError):
        flush_tree(tmp_path / "没有")


def test_free_space_is_told(tmp_path: Path) -> None:
    assert free_space(tmp_path) > 0
    with pytest.raises(FileNotFoundError):
        free_space(tmp_path / "没有")
