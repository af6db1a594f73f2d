"""What a packager's build and start scripts call inside an image of Nua."""

__version__ = "0.1.0"
