"""Parts that several first-party plugins share. Not a plugin: it registers nothing."""
