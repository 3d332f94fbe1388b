"""Training and evaluation items: read, renamed, exchanged, tokenised."""
