"""Pictures of the pages of PDFs and scans: drawn apart, few at once, the last ones kept."""

import asyncio
from collections import OrderedDict

from corpus.library.originals import Originals
from corpus.readers.picture_order import PictureOrder
from corpus.readers.picturing_apart import picture_apart

AT_ONCE = 2
KEPT = 100


class Pictures:
    """Draws pages; for one event loop."""

    def __init__(self, originals: Originals) -> None:
        """Draw what is on file."""
        self._originals = originals
        self._drawing = asyncio.Semaphore(AT_ONCE)
        self._kept: OrderedDict[tuple[str, PictureOrder], bytes] = OrderedDict()

    async def exist(self, sha256: str) -> bool:
        """Whether pages of a file can be drawn."""
        return await asyncio.to_thread(self._originals.has_pages, sha256)

    async def draw(self, sha256: str, wanted: PictureOrder) -> bytes:
        """A page as WebP.

        Args:
            sha256: of the file.
            wanted: which page, and what is framed on it.

        Raises:
            CorpusError: if the file is not kept, or cannot be drawn.
        """
        key = sha256, wanted
        async with self._drawing:
            if key not in self._kept:
                self._kept[key] = await asyncio.to_thread(self._drawn, sha256, wanted)
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return self._kept[key]

    def _drawn(self, sha256: str, wanted: PictureOrder) -> bytes:
        return picture_apart(self._originals.read(sha256), wanted)
