"""One module a benchmark: OPTIONS {name: (usual, quick, help)} and measure(bed, options), which returns figures."""
