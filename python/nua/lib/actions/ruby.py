"""Ruby, compiled from its source."""

from __future__ import annotations

import tempfile

from nua.lib.actions.apt import INSTALL_SECONDS, install_package_list
from nua.lib.actions.download import download_extract
from nua.lib.actions.temporary_packages import install_build_packages
from nua.lib.process import run

_INSTALLER = "https://github.com/postmodern/ruby-install/releases/download/v0.9.3/ruby-install-0.9.3.tar.gz"
_INSTALLER_SHA256 = "f1cc6c2fdba5591d7734c92201cca0dadb34038f8159ab89e0cf4e096ebb310a"
_OPENSSL = "https://github.com/openssl/openssl/releases/download/OpenSSL_1_1_1w/openssl-1.1.1w.tar.gz"
_OPENSSL_SHA256 = "cf3098950cb4d853ad95c0841f1f9c6d3dc102dccfcacd521d93925208b76ac8"
_OPENSSL_PREFIX = "/usr/local/openssl-1.1"
_LIBRARIES = ["build-essential", "bison", "libffi-dev", "libgdbm-dev", "libreadline-dev", "libssl-dev", "libyaml-dev"]


def install_ruby(version: str = "3.2.1", keep_lists: bool = False) -> None:
    """Compile a Ruby and install it for all users; up to version 3.0 with an OpenSSL of its own.

    The compiler and the libraries stay: what ``bundle install`` fetches is compiled, too.
    """
    install_package_list(
        [*_LIBRARIES, "ca-certificates", "wget", "xz-utils", "zlib1g-dev"], clean=False, keep_lists=keep_lists
    )
    options = []
    if _needs_old_openssl(version):
        compile_openssl_1_1()
        options = ["--", f"--with-openssl-dir={_OPENSSL_PREFIX}"]
    with tempfile.TemporaryDirectory() as folder:
        source = download_extract(_INSTALLER, folder, "ruby-install", _INSTALLER_SHA256)
        run(["make", "install"], cwd=source, timeout=INSTALL_SECONDS)
    command = ["ruby-install", "--system", "--cleanup", "--no-install-deps", "ruby", version, *options]
    run(command, timeout=INSTALL_SECONDS)


def compile_openssl_1_1() -> None:
    """Compile the last OpenSSL 1.1 into ``/usr/local/openssl-1.1``, for programs that know no newer one."""
    with install_build_packages(["build-essential"], keep_lists=True), tempfile.TemporaryDirectory() as folder:
        source = download_extract(_OPENSSL, folder, "openssl", _OPENSSL_SHA256)
        places = [f"--prefix={_OPENSSL_PREFIX}", "--openssldir=/etc/ssl", f"-Wl,-rpath,{_OPENSSL_PREFIX}/lib"]
        for command in (["./config", *places], ["make"], ["make", "install_sw"]):
            run(command, cwd=source, timeout=INSTALL_SECONDS)


def _needs_old_openssl(version: str) -> bool:
    return version.startswith(("1.", "2.", "3.0"))
