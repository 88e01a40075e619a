"""The digest in the admin; Django looks here for it."""
