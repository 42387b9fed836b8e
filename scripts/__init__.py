"""What the Makefile does: installing, starting, testing. Nothing here is imported by the portal."""
