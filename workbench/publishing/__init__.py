"""From an opened session or list to the files about it: berita acara, exports, publication, import reports."""
