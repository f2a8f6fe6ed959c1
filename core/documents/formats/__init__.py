"""One converter per format: a module named as its `Kind`, with `convert(Source) -> Converted`."""
