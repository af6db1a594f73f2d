"""The page, a small API and the health check."""

import json
from pathlib import Path

from flask import Flask, abort, redirect, render_template, request, url_for
from werkzeug.middleware.proxy_fix import ProxyFix

from readinglist.books import Books, NotABook

# No script at all runs on the page: what might slip through the escaping of the template is dead text.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"


def create_app():
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 16 * 1024
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1, x_prefix=1)
    books = Books()
    # What build.js made, by the names under which the templates know it.
    made = json.loads((Path(app.static_folder) / "manifest.json").read_text(encoding="utf-8"))
    app.jinja_env.globals["asset"] = lambda name: url_for("static", filename=made[name])

    @app.before_request
    def refuse_forged_requests():
        """Another site can make a browser send us a form. Browsers say when they do that."""
        if request.method != "GET" and request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
            abort(403, "This request was made by another site.")

    @app.after_request
    def add_headers(response):
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        if request.endpoint == "static":
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    def front_page(problem="", form=None):
        return render_template("list.html", books=books.all(), problem=problem, form=form or {})

    @app.get("/")
    def front():
        return front_page()

    @app.post("/books")
    def put():
        try:
            books.add(request.form.get("title", ""), request.form.get("author", ""))
        except NotABook as mistake:
            return front_page(str(mistake), request.form), 422
        return redirect(url_for("front"), 303)

    @app.post("/books/<int:number>/<any(mark, remove):what>")
    def change(number, what):
        (books.mark if what == "mark" else books.remove)(number) or abort(404)
        return redirect(url_for("front"), 303)

    @app.get("/health")
    def health():
        books.all()
        return {"status": "ok"}

    @app.post("/api/books")
    def create():
        try:
            number = books.add(request.form.get("title", ""), request.form.get("author", ""))
        except NotABook as mistake:
            return {"error": str(mistake)}, 422
        return _json_of(books.find(number)), 201

    @app.get("/api/books/<int:number>")
    def read(number):
        return _json_of(books.find(number) or abort(404))

    @app.delete("/api/books/<int:number>")
    def delete(number):
        books.remove(number) or abort(404)
        return "", 204

    return app


def _json_of(book):
    return {"id": book["id"], "title": book["title"], "author": book["author"], "read": bool(book["read"])}
