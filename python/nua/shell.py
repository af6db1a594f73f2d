"""Wrappers of basic Unix commands; the same as :mod:`nua.lib.shell`."""

from nua.lib.shell import *  # noqa: F403
from nua.lib.shell import __all__ as __all__
