"""What a person reads: words, numbers, figures, documents. No widgets, no sockets, no SQL."""
