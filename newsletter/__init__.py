"""The monthly digest: who gets it, what stands in it, and how it is sent."""
