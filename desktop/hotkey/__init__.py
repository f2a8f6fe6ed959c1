"""The global hotkey: one back end a platform, each of which grabs one key and hears no other."""
