"""Make the pages: Markdown on the left, HTML on the right, and nothing of the converter left behind."""

from pathlib import Path

from nua.lib.actions import install_build_packages
from nua.lib.panic import info
from nua.lib.shell import mkdir_p, sh

SITE = Path("/nua/app/site")
ORDER = ["index", "bins", "heating", "keys"]


def title_of(markdown: str) -> str:
    return markdown.splitlines()[0].lstrip("# ")


pages = {name: Path(f"pages/{name}.md").read_text(encoding="utf-8") for name in ORDER}
links = "".join(
    f'<a href="{"/" if name == "index" else f"/{name}.html"}">{title_of(text)}</a>' for name, text in pages.items()
)
layout = Path("pages/layout.html").read_text(encoding="utf-8")

mkdir_p(SITE)
with install_build_packages(["cmark"]):
    for name in pages:
        body = sh(f"cmark --smart pages/{name}.md", capture_output=True, show_cmd=False)
        (SITE / f"{name}.html").write_text(layout.replace("%LINKS%", links).replace("%BODY%", body), encoding="utf-8")
info(f"{len(pages)} pages are made.")
