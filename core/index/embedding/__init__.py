"""Local embeddings: models are prepared once with torch, and run every day without it.

    preparation   prepares a model in a child process; says where it is
    client        `EmbeddingProcess`, the embedder; runs a prepared model in a child process
    onnx_model    runs a prepared model in this process

The other modules are their parts. Callers search by words until a model is prepared:

    if not preparation.is_prepared(model, models_dir):
        preparation.prepare(model, models_dir, on_stage=show)
    embedder = client.EmbeddingProcess(preparation.model_folder(model, models_dir))
"""
