"""The desk's pages about accounts: one's own, other people's, and lock-outs."""
