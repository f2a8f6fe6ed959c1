"""What Pilotfish does with passages and a model: grounded answers, rewrites, quotes."""
