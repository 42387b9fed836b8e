"""The house itself: settings, health, translations, servers, import contracts."""
