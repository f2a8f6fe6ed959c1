"""From changed notes to rows: embedding models, the LanceDB store, the catalogue, the indexer."""
