"""The room: every act of a meeting as an entry, and the state that follows from the entries alone.

Pure core: no files, clock or randomness. An edge gives every entry its request id and its time;
`store.journal` keeps the entries, `store.room` joins both.
"""
