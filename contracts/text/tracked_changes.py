"""The two readings of a Word file with tracked changes: as if all were accepted, and as it was before them."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.text.word_numbering import Element, W

_INSERTED = frozenset({f"{W}ins", f"{W}moveTo"})
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})


@dataclass(frozen=True, slots=True)
class View:
    left_out: frozenset[str]  # tags of the runs that this reading does not have

    def leaves_out_end(self, paragraph: Element) -> bool:
        """Whether the mark that ends the paragraph is not there, so that it runs on into the next."""
        properties = paragraph.find(f"{W}pPr/{W}rPr")
        return properties is not None and any(child.tag in self.left_out for child in properties)

    def leaves_out_row(self, row: Element) -> bool:
        properties = row.find(f"{W}trPr")
        return properties is not None and any(child.tag in self.left_out for child in properties)


ACCEPTED = View(_DELETED)
ORIGINAL = View(_INSERTED)


def changes_of(body: Element) -> tuple[str, ...]:
    """The fact for the reader of the contract; empty when nothing is tracked."""
    inserted = sum(1 for _ in body.iter(*_INSERTED))
    deleted = sum(1 for _ in body.iter(*_DELETED))
    if not inserted and not deleted:
        return ()
    kept = f"{inserted} insertion{'' if inserted == 1 else 's'} kept"
    return (f"Tracked changes are read as accepted: {kept}, {deleted} deletion{'' if deleted == 1 else 's'} left out.",)
