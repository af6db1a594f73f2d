"""The tasks of a build or start script; the same as :mod:`nua.lib.actions`."""

from nua.lib.actions import *  # noqa: F403
from nua.lib.actions import __all__ as __all__
