"""How often pages are read, from the logs of the web server. No request counts."""
