"""The tasks of a build or start script."""

from nua.lib.actions.apt import (
    apt_final_clean,
    apt_get_install,
    apt_remove_lists,
    apt_update,
    install_package_list,
    install_packages,
    installed_packages,
    purge_package_list,
)
from nua.lib.actions.download import download_extract, download_url, verify_checksum
from nua.lib.actions.jinja import jinja2_render_file, jinja2_render_from_str_template
from nua.lib.actions.meta_packages import install_mariadb_python, install_meta_packages
from nua.lib.actions.names import camel_format, kebab_format, snake_format, to_kebab_cases, to_snake_cases
from nua.lib.actions.node import install_nodejs, install_nodejs_via_nvm, npm_install
from nua.lib.actions.pip import (
    build_python,
    check_python_version,
    install_pip_packages,
    pip_install,
    pip_install_glob,
    pip_list,
    python_package_installed,
)
from nua.lib.actions.python_versions import install_python, poetry_install, python_venv
from nua.lib.actions.resources import copy_from_package
from nua.lib.actions.ruby import compile_openssl_1_1, install_ruby
from nua.lib.actions.sources import install_git_source, install_source, is_local_dir
from nua.lib.actions.temporary_packages import install_build_packages, tmp_install_package_list
from nua.lib.actions.text_files import append_bashrc, environ_replace_in, replace_in, set_php_ini_keys, string_in

__all__ = [
    "append_bashrc",
    "apt_final_clean",
    "apt_get_install",
    "apt_remove_lists",
    "apt_update",
    "build_python",
    "camel_format",
    "check_python_version",
    "compile_openssl_1_1",
    "copy_from_package",
    "download_extract",
    "download_url",
    "environ_replace_in",
    "install_build_packages",
    "install_git_source",
    "install_mariadb_python",
    "install_meta_packages",
    "install_nodejs",
    "install_nodejs_via_nvm",
    "install_package_list",
    "install_packages",
    "install_pip_packages",
    "install_python",
    "install_ruby",
    "install_source",
    "installed_packages",
    "is_local_dir",
    "jinja2_render_file",
    "jinja2_render_from_str_template",
    "kebab_format",
    "npm_install",
    "pip_install",
    "pip_install_glob",
    "pip_list",
    "poetry_install",
    "purge_package_list",
    "python_package_installed",
    "python_venv",
    "replace_in",
    "set_php_ini_keys",
    "snake_format",
    "string_in",
    "tmp_install_package_list",
    "to_kebab_cases",
    "to_snake_cases",
    "verify_checksum",
]
