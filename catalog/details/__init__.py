"""What the page of one engine, chip or model shows, beside its verdict."""
