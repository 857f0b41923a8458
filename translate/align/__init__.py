"""Which target words translate which source words, from attention or from similarity."""
