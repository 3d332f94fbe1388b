"""Writes Outlook .msg files for the tests: a compound file (MS-CFB) with the properties of a message (MS-OXMSG)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import UTC, datetime

SECTOR, MINI, CUTOFF = 512, 64, 4096
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
TEXT, BINARY = 0x001F, 0x0102
Tree = dict[str, "bytes | Tree"]


def msg_of(
    subject: str,
    body: str,
    sender: str = "",
    sent: datetime | None = None,
    files: Sequence[tuple[str, bytes]] = (),
    mails: Sequence[Tree] = (),
) -> bytes:
    return write(outlook_mail(subject, body, sender, sent, files, mails))


def outlook_mail(
    subject: str,
    body: str,
    sender: str = "",
    sent: datetime | None = None,
    files: Sequence[tuple[str, bytes]] = (),
    mails: Sequence[Tree] = (),
    *,
    within: bool = False,
) -> Tree:
    """The storages of a mail that carries ``files`` and ``mails``; those of one ``within`` another have less header."""
    texts = {0x001A: "IPM.Note", 0x0037: subject, 0x1000: body, 0x0C1A: sender, 0x0C1F: "SMTP", 0x0E04: "Legal"}
    if sender:
        texts[0x0C1F] = "sender@example.com"
    count = len(files) + len(mails)
    header = struct.pack("<8x4I" if within else "<8x4I8x", 0, count, 0, count)
    root = _properties(header, texts, {}, sent)
    for index, (name, data) in enumerate(files):
        root[f"__attach_version1.0_#{index:08X}"] = _properties(bytes(8), {0x3707: name}, {0x3701: data}, None, 1)
    for index, mail in enumerate(mails, len(files)):
        attached = _properties(bytes(8), {}, {}, None, 5)
        root[f"__attach_version1.0_#{index:08X}"] = {**attached, "__substg1.0_3701000D": mail}
    root["__nameid_version1.0"] = {"__substg1.0_00020102": b""}
    return root


def _properties(
    header: bytes, texts: dict[int, str], blobs: dict[int, bytes], sent: datetime | None, method: int | None = None
) -> Tree:
    streams: Tree = {}
    entries = b""
    for tag, text in texts.items():
        data = text.encode("utf-16-le")
        streams[f"__substg1.0_{tag:04X}001F"] = data
        entries += struct.pack("<HHIII", TEXT, tag, 6, len(data) + 2, 0)
    for tag, data in blobs.items():
        streams[f"__substg1.0_{tag:04X}0102"] = data
        entries += struct.pack("<HHIII", BINARY, tag, 6, len(data), 0)
    if sent is not None:
        ticks = int((sent - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
        entries += struct.pack("<HHIQ", 0x0040, 0x0039, 6, ticks)
    if method is not None:
        entries += struct.pack("<HHIII", 0x0003, 0x3705, 6, method, 0)
    streams["__properties_version1.0"] = header + entries
    return streams


def write(root: Tree) -> bytes:
    """A version 3 compound file. The children of a storage hang on one another to the right: a valid, if lean, tree."""
    nodes: list[tuple[str, bytes | None, list[int]]] = [("Root Entry", None, [])]
    _collect(root, 0, nodes)
    mini = b""
    sectors: list[bytes] = []
    table: list[int] = []
    starts: dict[int, int] = {}
    mini_table: list[int] = []
    for index, (_, data, _) in enumerate(nodes):
        if data is not None and len(data) >= CUTOFF:
            starts[index] = _append(data, SECTOR, sectors, table)
        elif data:
            chunks: list[bytes] = []
            starts[index] = len(mini_table)
            _append(data, MINI, chunks, mini_table)
            mini += b"".join(chunks)
    starts[0] = _append(mini, SECTOR, sectors, table) if mini else END
    mini_fat = _append(struct.pack(f"<{len(mini_table)}I", *mini_table), SECTOR, sectors, table, b"\xff")
    directory = _append(_directory(nodes, starts, len(mini)), SECTOR, sectors, table)
    fat_count = 1
    while (len(sectors) + fat_count) > fat_count * SECTOR // 4:
        fat_count += 1
    fat = len(sectors)
    table += [FAT] * fat_count
    table += [FREE] * (fat_count * SECTOR // 4 - len(table))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, fat_count, directory, 0, CUTOFF, mini_fat,
        -(-len(mini_table) * 4 // SECTOR), END, 0, *[fat],
    )  # fmt: skip
    difat = [*range(fat + 1, fat + fat_count), *[FREE] * 109][:108]
    return header + struct.pack("<108I", *difat) + b"".join(sectors) + struct.pack(f"<{len(table)}I", *table)


def _collect(tree: Tree, parent: int, nodes: list[tuple[str, bytes | None, list[int]]]) -> None:
    for name, content in sorted(tree.items(), key=lambda item: (len(item[0]), item[0].upper())):
        nodes[parent][2].append(len(nodes))
        nodes.append((name, content if isinstance(content, bytes) else None, []))
        if not isinstance(content, bytes):
            _collect(content, len(nodes) - 1, nodes)


def _append(data: bytes, size: int, sectors: list[bytes], table: list[int], filler: bytes = b"\0") -> int:
    first = len(table)
    count = max(-(-len(data) // size), 1)
    sectors += [data[at * size : (at + 1) * size].ljust(size, filler) for at in range(count)]
    table += [first + at + 1 for at in range(count - 1)] + [END]
    return first


def _directory(nodes: Sequence[tuple[str, bytes | None, list[int]]], starts: dict[int, int], mini_length: int) -> bytes:
    following = {}
    for _, _, children in nodes:
        following.update(zip(children, [*children[1:], FREE], strict=False))
    entries = b""
    for index, (name, data, children) in enumerate(nodes):
        kind = 5 if index == 0 else 1 if data is None else 2
        coded = (name + "\0").encode("utf-16-le")
        child = children[0] if children else FREE
        length = mini_length if index == 0 else len(data or b"")
        entries += struct.pack(
            "<64sHBBIII16x4x16xIQ", coded, len(coded), kind, 1, FREE, following.get(index, FREE), child,
            starts.get(index, END if kind == 2 or index == 0 else 0), length,
        )  # fmt: skip
    return entries + struct.pack("<64sHBBIII16x4x16xIQ", b"", 0, 0, 0, FREE, FREE, FREE, 0, 0) * (-len(nodes) % 4)
