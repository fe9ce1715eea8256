"""Repeatable benchmarks of Tuodui, with nothing but Python's standard library."""
