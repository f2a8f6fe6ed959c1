"""A cross-encoder of the person's, in a child process: it reads question and passage together."""
