"""Reference cases with published answers, run against the engine: the instrument checks itself."""
