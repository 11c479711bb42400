"""The berita acara: what the forum agreed, with its annexes, as one paper."""
