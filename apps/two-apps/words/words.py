"""The service: it keeps the word of the moment, for whoever has the token."""

import hmac
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FIRST = "patience"
LONGEST_BODY = 1024


def chosen_file():
    return Path(os.environ["CHOSEN"], "word.txt")


def read_word():
    try:
        return chosen_file().read_text(encoding="utf-8")
    except FileNotFoundError:
        return FIRST


def keep_word(word):
    """Replaces the file as a whole: a reader sees the old word or the new one."""
    new = chosen_file().with_suffix(".new")
    new.write_text(word, encoding="utf-8")
    new.replace(chosen_file())


class Words(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/word" and self.is_allowed():
            self.answer(200, {"word": read_word()})
        else:
            self.answer(404, {"why": "There is nothing here for you."})

    def do_PUT(self):
        length = int(self.headers.get("Content-Length") or 0)
        if self.path != "/word" or not self.is_allowed() or length > LONGEST_BODY:
            self.answer(404, {"why": "There is nothing here for you."})
            return

        word = json.loads(self.rfile.read(length))["word"]
        if not (word.isalpha() and len(word) <= 40):
            self.answer(422, {"why": "That is not a word."})
            return

        keep_word(word)
        self.answer(200, {"word": word})

    def is_allowed(self):
        wanted = f"Bearer {os.environ['TOKEN']}".encode()
        return hmac.compare_digest(self.headers.get("Authorization", "").encode(), wanted)

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    ThreadingHTTPServer(("", int(os.environ["PORT"])), Words).serve_forever()
