"""The pages, the API and the health check."""

import base64
import binascii
import logging
import secrets
from urllib.parse import urlsplit

import psycopg2
from flask import Flask, abort, flash, redirect, render_template, request, send_from_directory, session, url_for
from werkzeug.exceptions import HTTPException, ServiceUnavailable
from werkzeug.middleware.proxy_fix import ProxyFix

from guestbook import pictures
from guestbook.database import Database
from guestbook.entries import Book, Draft, Entry, InvalidEntry
from guestbook.pictures import Pictures
from guestbook.settings import Settings

log = logging.getLogger("gunicorn.error")

# No script at all runs on these pages: what might slip through the escaping of the templates is dead text.
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# Opened on its own, a file from a stranger stays a picture: it may not run, load or show anything else.
PICTURE_POLICY = "default-src 'none'; sandbox"


def create_app() -> Flask:
    settings = Settings.from_environment()
    uploads = Pictures(settings.uploads)
    book = Book(Database(settings.database), uploads)

    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        # More than a picture may have, so that one which is a little too large gets an answer in the form.
        MAX_CONTENT_LENGTH=2 * pictures.LARGEST,
        SESSION_COOKIE_NAME="guestbook",
        SESSION_COOKIE_SECURE=True,  # browsers make an exception for http://localhost
        SESSION_COOKIE_SAMESITE="Lax",
    )
    # The gateway says under which address visitors see us. It is the only one who can reach this port, and it takes
    # these headers away when a visitor sends them.
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1, x_prefix=1)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.globals["title"] = settings.title

    _add_guards(app)
    _add_pages(app, book, uploads)
    _add_api(app, book)
    _add_errors(app)
    return app


def _add_guards(app: Flask) -> None:
    @app.before_request
    def refuse_forged_requests():
        """Another site can make a visitor's browser send us a form, cookies and all. Browsers say when they do that.

        No token in the form is needed for it. Programs that are not browsers send neither header; nobody can trick
        them into sending a cookie either.
        """
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return
        site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
        if site:
            forged = site not in ("same-origin", "none")
        else:  # older browsers, and plain HTTP
            forged = origin is not None and urlsplit(origin).netloc != request.host
        if forged:
            abort(403, "This request was made by another site.")

    @app.after_request
    def add_headers(response):
        response.headers.setdefault("Content-Security-Policy", PAGE_POLICY)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        return response


def _add_pages(app: Flask, book: Book, uploads: Pictures) -> None:
    def front_page(form=None, problems=None):
        entries, older = book.page(session.get("author", ""), request.args.get("before", type=int))
        return render_template("front.html", entries=entries, older=older, form=form or {}, problems=problems or {})

    @app.get("/")
    def front():
        return front_page()

    @app.post("/entries")
    def sign():
        try:
            draft = _draft_of_request()
        except InvalidEntry as invalid:
            return front_page(request.form, invalid.problems), 422
        # A visitor gets a cookie with the first entry, not before: it lets this browser remove its own entries.
        entry = book.sign(draft, session.setdefault("author", secrets.token_hex(16)))
        session.permanent = True
        flash("Thank you! Your entry is in the book.")
        return redirect(url_for("front", _anchor=f"entry-{entry.id}"), 303)

    @app.post("/entries/<int:number>/remove")
    def remove(number):
        if not book.remove(number, session.get("author", "")):
            abort(404)
        flash("Your entry is removed.")
        return redirect(url_for("front"), 303)

    @app.get("/pictures/<name>")
    def picture(name):
        media_type = pictures.media_type_of(name) or abort(404)
        response = send_from_directory(uploads.folder, name, mimetype=media_type, max_age=365 * 24 * 3600)
        response.headers["Content-Security-Policy"] = PICTURE_POLICY
        return response

    @app.get("/health")
    def health():
        try:
            book.check()
        except (psycopg2.Error, OSError) as trouble:
            log.warning("Not healthy: %s", trouble)
            return {"status": "failing"}, 503  # the reason is for our log, not for the world
        return {"status": "ok"}


def _add_api(app: Flask, book: Book) -> None:
    @app.post("/api/entries")
    def create_entry():
        """The token in the answer is told this once: it is what removes the entry again."""
        token = secrets.token_hex(16)
        entry = book.sign(_draft_of_request(), token)
        return {**_json_of(entry), "token": token}, 201, {"Location": url_for("read_entry", number=entry.id)}

    @app.get("/api/entries/<int:number>")
    def read_entry(number):
        return _json_of(book.find(number) or abort(404))

    @app.delete("/api/entries/<int:number>")
    def delete_entry(number):
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not book.remove(number, token):
            abort(404)
        return "", 204

    @app.errorhandler(InvalidEntry)
    def refuse_entry(invalid):
        return {"error": "The entry is not complete.", "problems": invalid.problems}, 422


def _add_errors(app: Flask) -> None:
    @app.errorhandler(HTTPException)
    def show_error(error):
        if request.path.startswith("/api/"):
            return {"error": error.description}, error.code
        return render_template("error.html", error=error), error.code

    @app.errorhandler(psycopg2.OperationalError)
    def show_outage(trouble):
        log.error("The database does not answer: %s", trouble)
        return show_error(ServiceUnavailable("The guestbook cannot reach its database. Please try again in a moment."))


def _draft_of_request() -> Draft:
    """A form with the picture as a file, or JSON with the picture in base64."""
    if not request.is_json:
        upload = request.files.get("picture")
        return Draft.parse(request.form, upload.read() if upload else b"")
    fields = request.get_json()
    if not isinstance(fields, dict):
        abort(400, "The body is not a JSON object.")
    try:
        picture = base64.b64decode(fields.get("picture") or "", validate=True)
    except (binascii.Error, TypeError, ValueError):
        abort(400, "The picture is not in base64.")
    return Draft.parse(fields, picture)


def _json_of(entry: Entry) -> dict:
    name, text = entry.picture, entry.picture_text
    picture = {"name": name, "url": url_for("picture", name=name), "text": text} if name else None
    return {
        "id": entry.id,
        "name": entry.name,
        "message": entry.message,
        "picture": picture,
        "written_at": entry.written_at.isoformat(),
    }
