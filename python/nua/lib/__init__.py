"""The modules by the names that scripts import."""
