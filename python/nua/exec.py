"""Run commands as another user; the same as :mod:`nua.lib.exec`."""

from nua.lib.exec import *  # noqa: F403
from nua.lib.exec import __all__ as __all__
