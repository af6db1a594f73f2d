#!/usr/bin/python3
"""A mail server for development: takes every mail, keeps the latest, sends none on.

SMTP is on 1025; what came is shown on 8025: / for people, /messages and /messages/ID for programs.
Both want the user and the password of MAIL_USER and MAIL_PASSWORD; without a password both are open.
"nua-mail check" ends with 0 when mail would be taken.
"""

import base64
import email
import email.policy
import hmac
import html
import json
import os
import signal
import smtplib
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

FOLDER = Path("/var/lib/nua-mail")
SMTP_PORT = 1025
WEB_PORT = 8025
MOST_MAILS = 500
MOST_BYTES = 32 * 1024 * 1024


def credentials():
    return os.environ.get("MAIL_USER", ""), os.environ.get("MAIL_PASSWORD", "")


def is_right(user, password):
    wanted = ":".join(credentials()).encode()
    return hmac.compare_digest(f"{user}:{password}".encode(), wanted)


class Letterbox:
    """What came, each mail a file of its own whose name is its time."""

    def keep(self, content, sender, recipients):
        name = f"{time.time_ns()}.eml"
        draft = FOLDER / f".{name}"
        envelope = f"X-Envelope-From: {sender}\r\nX-Envelope-To: {', '.join(recipients)}\r\n"
        draft.write_bytes(envelope.encode() + content)
        draft.rename(FOLDER / name)
        for old in self.files()[MOST_MAILS:]:
            old.unlink(missing_ok=True)

    def files(self):
        return sorted(FOLDER.glob("[0-9]*.eml"), reverse=True)

    def find(self, name):
        return next((file for file in self.files() if file.stem == name), None)

    def summary(self, file):
        mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        return {
            "id": file.stem,
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(file.stem) / 1e9)),
            "from": str(mail["X-Envelope-From"]),
            "to": str(mail["X-Envelope-To"]),
            "subject": str(mail["Subject"] or ""),
            "bytes": file.stat().st_size,
        }

    def summaries(self):
        return [self.summary(file) for file in self.files()]


class Reception:
    """Says yes to every mail."""

    async def handle_DATA(self, server, session, envelope):
        Letterbox().keep(envelope.content, envelope.mail_from, envelope.rcpt_tos)
        print(f"mail from {envelope.mail_from} to {', '.join(envelope.rcpt_tos)}", flush=True)
        return "250 kept"


def authenticate(server, session, envelope, mechanism, data):
    return AuthResult(success=isinstance(data, LoginPassword)
                      and is_right(data.login.decode(), data.password.decode()))


class Page(BaseHTTPRequestHandler):
    """Shows what came."""

    def do_GET(self):
        if not self.may_read():
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="mail"')
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.path == "/":
            self.answer("text/html", self.list_for_people())
        elif self.path == "/messages":
            self.answer("application/json", json.dumps(Letterbox().summaries(), indent=2))
        elif self.path.startswith("/messages/") and (file := Letterbox().find(self.path.split("/")[2])):
            self.answer("text/plain", file.read_bytes().decode(errors="replace"))
        else:
            self.send_error(404)

    def may_read(self):
        if not credentials()[1]:
            return True
        kind, _, code = self.headers.get("Authorization", "").partition(" ")
        try:
            user, _, password = base64.b64decode(code).decode().partition(":")
        except ValueError:
            return False
        return kind.lower() == "basic" and is_right(user, password)

    def list_for_people(self):
        rows = "".join(
            f"<tr><td>{html.escape(mail['at'])}<td>{html.escape(mail['from'])}<td>{html.escape(mail['to'])}"
            f"<td><a href='/messages/{mail['id']}'>{html.escape(mail['subject'] or '(no subject)')}</a>"
            for mail in Letterbox().summaries())
        return f"<!doctype html><title>Mail</title><h1>Mail</h1><table><tr><th>at<th>from<th>to<th>subject{rows}</table>"

    def answer(self, kind, text):
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        # A mail is somebody else's text.
        self.send_header("Content-Security-Policy", "default-src 'none'")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *arguments):
        pass


def check():
    with smtplib.SMTP("127.0.0.1", SMTP_PORT, timeout=3) as server:
        user, password = credentials()
        if password:
            server.login(user, password)
        else:
            server.noop()


def serve():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    wants_password = bool(credentials()[1])
    mail = Controller(
        Reception(), hostname="0.0.0.0", port=SMTP_PORT, data_size_limit=MOST_BYTES,
        authenticator=authenticate, auth_required=wants_password, auth_require_tls=False)
    mail.start()
    print(f"mail is taken on {SMTP_PORT} and shown on {WEB_PORT}", flush=True)
    try:
        ThreadingHTTPServer(("0.0.0.0", WEB_PORT), Page).serve_forever()
    finally:
        mail.stop()


if __name__ == "__main__":
    check() if sys.argv[1:] == ["check"] else serve()
