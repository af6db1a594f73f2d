"""Says in pip's words what a lock file of poetry, uv or pipenv pins for the interpreter that runs this.

usage: python3 locked_requirements.py LOCK FOLDER

FOLDER/hashed.txt is for `pip install --no-deps --require-hashes`; FOLDER/unhashed.txt holds what has no hash to compare
with, such as a commit of a repository. pyproject.toml is read beside the lock.
"""

import json
import re
import sys
import tomllib
from pathlib import Path

from pip._vendor.packaging.markers import Marker
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.specifiers import InvalidSpecifier, SpecifierSet
from pip._vendor.packaging.utils import canonicalize_name
from pip._vendor.packaging.version import Version

PYTHON = ".".join(str(number) for number in sys.version_info[:3])


class Pinned:
    """One package of a lock file."""

    def __init__(self, name, version, hashes=(), place=None, line=None):
        self.name = canonicalize_name(name)
        self.version = version
        self.hashes = sorted(set(hashes))
        self.place = place  # where else than in the usual index it is
        self.line = line  # what pip is told instead of name and version
        self.needs = []  # (name, extras, marker, version)
        self.extras = {}  # extra: the same

    def __str__(self):
        line = self.line or f"{self.name}=={self.version}"
        return " ".join([line, *(f"--hash={digest}" for digest in self.hashes)])


def holds(marker, extra=""):
    """Whether a marker is true here; an empty one is."""
    return not marker or Marker(marker).evaluate({"extra": extra})


def accepts_python(constraint):
    """Whether a constraint as poetry writes it takes this interpreter."""
    return any(accepts_all(alternative) for alternative in constraint.split("||"))


def accepts_all(constraints):
    plain = ",".join(plain_specifier(part.strip()) for part in constraints.split(",") if part.strip() not in ("", "*"))
    try:
        return SpecifierSet(plain).contains(PYTHON, prereleases=True)
    except InvalidSpecifier as mistake:
        sys.exit(f"'{constraints}' is no constraint on Python's version: {mistake}")


def plain_specifier(part):
    """`^3.9` is `>=3.9,<4`, `~3.9` is `>=3.9,<3.10`, `3.9` is `==3.9`."""
    match = re.fullmatch(r"([\^~])\s*(\d+)(?:\.(\d+))?[\d.]*", part)
    if not match:
        return f"=={part}" if part[0].isdigit() else part
    lower = part[1:].strip()
    keeps_minor = match[1] == "~" and match[3] is not None
    return f">={lower},<{match[2]}.{int(match[3]) + 1}" if keeps_minor else f">={lower},<{int(match[2]) + 1}"


def poetry(lock, project):
    """The packages of the main group, and of no optional one."""
    entries = lock.get("package", [])
    packages = [(entry, poetry_package(entry, lock)) for entry in entries]
    fitting = [(entry, package) for entry, package in packages if accepts_python(entry.get("python-versions", "*"))]
    if any("groups" in entry for entry in entries):
        return [
            package
            for entry, package in fitting
            if "main" in entry["groups"] and not entry.get("optional") and holds(main_marker(entry.get("markers")))
        ]

    written = project.get("tool", {}).get("poetry", {}).get("dependencies", {})
    roots = [
        need
        for name, spec in written.items()
        if name != "python"
        for need in poetry_needs(name, spec)
        if need
    ]
    return reach([package for _, package in fitting], roots + project_needs(project))


def main_marker(markers):
    return markers.get("main", "") if isinstance(markers, dict) else markers


def poetry_package(entry, lock):
    files = entry.get("files") or lock.get("metadata", {}).get("files", {}).get(entry["name"], [])
    hashes = [file["hash"] for file in files]
    source = entry.get("source", {})
    kind, url = source.get("type", ""), source.get("url", "")
    package = Pinned(entry["name"], entry["version"], hashes)
    if kind == "legacy":
        package.place = url
    elif kind == "url":
        package.line = f"{package.name} @ {url}"
    elif kind in ("file", "directory"):
        package.line = f"./{url}"
    elif kind == "git":
        below = f"#subdirectory={source['subdirectory']}" if "subdirectory" in source else ""
        package.line, package.hashes = f"{package.name} @ git+{url}@{source['resolved_reference']}{below}", []

    for name, spec in entry.get("dependencies", {}).items():
        package.needs += [need for need in poetry_needs(name, spec) if need]
    for extra, specs in entry.get("extras", {}).items():
        names = [re.match(r"[\w.-]+", spec)[0] for spec in specs]
        package.extras[extra] = [
            need
            for name in names
            for need in poetry_needs(name, entry.get("dependencies", {}).get(name, "*"), of_extra=extra)
            if need
        ]
    return package


def poetry_needs(name, spec, of_extra=None):
    """What one entry under dependencies needs here; None for what it does not."""
    for one in spec if isinstance(spec, list) else [spec]:
        if isinstance(one, str):
            yield (name, [], "", None)
        elif one.get("optional") and of_extra is None:
            yield None
        elif not accepts_python(one.get("python", "*")) or one.get("platform", sys.platform) != sys.platform:
            yield None
        elif holds(one.get("markers"), of_extra or ""):
            yield (name, one.get("extras", []), "", None)


def project_needs(project):
    """What [project] depends on."""
    requirements = [Requirement(text) for text in project.get("project", {}).get("dependencies", [])]
    return [(need.name, sorted(need.extras), str(need.marker or ""), None) for need in requirements]


def uv(lock, project):
    """What the project itself needs, but for its groups and extras."""
    packages = [uv_package(entry) for entry in lock.get("package", []) if not is_here(entry)]
    here = [need for entry in lock.get("package", []) if is_here(entry) for need in uv_needs(entry.get("dependencies", []))]
    return reach(packages, here)


def is_here(entry):
    source = entry.get("source", {})
    return "." in (source.get("editable"), source.get("virtual"), source.get("directory"))


def uv_package(entry):
    source = entry.get("source", {})
    files = [*entry.get("wheels", []), *([entry["sdist"]] if "sdist" in entry else [])]
    package = Pinned(entry["name"], entry.get("version"), [file["hash"] for file in files if "hash" in file])
    if "git" in source:
        address, _, commit = source["git"].partition("#")
        package.line, package.hashes = f"{package.name} @ git+{address.partition('?')[0]}@{commit}", []
    elif "url" in source:
        package.line = f"{package.name} @ {source['url']}"
    elif folder := source.get("editable") or source.get("directory") or source.get("virtual"):
        package.line, package.hashes = f"./{folder}", []
    elif "path" in source:
        package.line = f"./{source['path']}"
    elif not files:
        package.line = f"{package.name}=={package.version}"

    package.needs = uv_needs(entry.get("dependencies", []))
    package.extras = {extra: uv_needs(needs) for extra, needs in entry.get("optional-dependencies", {}).items()}
    return package


def uv_needs(dependencies):
    return [(need["name"], need.get("extra", []), need.get("marker", ""), need.get("version")) for need in dependencies]


def reach(packages, roots):
    """All that is needed, directly or not, where this runs."""
    by_name = {}
    for package in packages:
        by_name.setdefault(package.name, []).append(package)

    found, pending, seen = {}, list(roots), set()
    while pending:
        name, extras, marker, version = pending.pop()
        if not holds(marker):
            continue
        package = newest(by_name.get(canonicalize_name(name), []), version)
        if package is None:
            sys.exit(f"The lock file has no '{name}' for Python {PYTHON}: lock again with it.")
        found[package.name] = package
        for part in ["", *extras]:
            if (package.name, part) not in seen:
                seen.add((package.name, part))
                pending += package.extras.get(part, []) if part else package.needs
    return list(found.values())


def newest(packages, version):
    fitting = [package for package in packages if version in (None, package.version)]
    return max(fitting, key=lambda package: Version(package.version or "0"), default=None)


def pipenv(lock, project):
    """The section `default`; the other is for those who develop."""
    return [pipenv_package(name, entry, lock) for name, entry in lock.get("default", {}).items() if holds(entry.get("markers"))]


def pipenv_package(name, entry, lock):
    package = Pinned(name, entry.get("version", "").removeprefix("=="), entry.get("hashes", []))
    if "git" in entry:
        package.line, package.hashes = f"{package.name} @ git+{entry['git']}@{entry['ref']}", []
    elif "path" in entry or "file" in entry:
        package.line = entry.get("path") or f"{package.name} @ {entry['file']}"
    sources = {source["name"]: source["url"] for source in lock.get("_meta", {}).get("sources", [])}
    if entry.get("index") not in (None, "pypi"):
        package.place = sources.get(entry["index"])
    return package


READERS = {"poetry.lock": poetry, "uv.lock": uv, "Pipfile.lock": pipenv}


def main(lock_file, folder):
    text = lock_file.read_text(encoding="utf-8")
    lock = json.loads(text) if lock_file.name == "Pipfile.lock" else tomllib.loads(text)
    manifest = lock_file.with_name("pyproject.toml")
    project = tomllib.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else {}
    packages = sorted(READERS[lock_file.name](lock, project), key=lambda package: package.name)

    folder.mkdir(parents=True, exist_ok=True)
    for name, wanted in (("hashed.txt", True), ("unhashed.txt", False)):
        part = [package for package in packages if bool(package.hashes) == wanted]
        places = sorted({package.place for package in part if package.place})
        lines = [*(f"--extra-index-url {place}" for place in places), *map(str, part)]
        (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
