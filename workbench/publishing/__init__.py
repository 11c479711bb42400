"""From an opened session to the files that leave it: berita acara, exports, what is published."""
