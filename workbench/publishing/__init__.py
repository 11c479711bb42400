"""From an opened session or list to files about it: berita acara, exports, publication, import reports."""
