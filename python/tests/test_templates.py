from __future__ import annotations

import sys
from pathlib import Path

import pytest
from nua.agent.templates import render_config_templates
from nua.lib import actions
from nua.lib.panic import Abort


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    (folder / "etc" / "app").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "x").touch()
    (folder / ".keep").touch()
    (folder / "etc" / "plain.conf").write_text("{{ not filled }}\n")
    return folder


def test_other_files_are_copied(templates: Path, tmp_path: Path) -> None:
    (templates / "etc" / "plain.conf").chmod(0o600)
    render_config_templates({}, templates, tmp_path / "root")
    files = [path for path in (tmp_path / "root").rglob("*") if path.is_file()]
    assert files == [tmp_path / "root" / "etc" / "plain.conf"]
    assert files[0].read_text() == "{{ not filled }}\n"
    assert files[0].stat().st_mode & 0o777 == 0o644


def test_templates_are_filled(templates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("jinja2")
    monkeypatch.setenv("PORT", "80")
    (templates / "etc" / "app" / "a.conf.j2").write_text("{{ title }}:{{ PORT }}{{ nobody }}\n")
    render_config_templates({"title": "App", "PORT": "1"}, templates, tmp_path / "root")
    result = tmp_path / "root" / "etc" / "app" / "a.conf"
    assert result.read_text() == "App:80\n"
    assert result.stat().st_mode & 0o777 == 0o644


def test_an_image_without_templates_is_fine(tmp_path: Path) -> None:
    render_config_templates(templates=tmp_path / "none", root=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_template_may_include_its_neighbour(tmp_path: Path) -> None:
    pytest.importorskip("jinja2")
    (tmp_path / "a.j2").write_text("{% include 'b.j2' %}\n\n")
    (tmp_path / "b.j2").write_text("{{ x }}")
    actions.jinja2_render_file(tmp_path / "a.j2", tmp_path / "new" / "a", {"x": 1})
    assert (tmp_path / "new" / "a").read_text() == "1\n\n"


def test_a_text_is_filled(tmp_path: Path) -> None:
    pytest.importorskip("jinja2")
    actions.jinja2_render_from_str_template("{{ x }} <>\n", tmp_path / "a", {"x": "&"})
    assert (tmp_path / "a").read_text() == "& <>\n"


def test_without_jinja_the_message_names_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(Abort):
        actions.jinja2_render_from_str_template("x", tmp_path / "a", {})
    assert "python3-jinja2" in capsys.readouterr().err
    assert not (tmp_path / "a").exists()
