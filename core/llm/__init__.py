"""Language models behind one protocol: any OpenAI-compatible endpoint, the demonstration model among them."""
