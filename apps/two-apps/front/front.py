"""The page that visitors see. It knows no words: it asks the service."""

import html
import json
import os
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

LONGEST_FORM = 1024

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Word of the moment</title>
<style>body {{ font: 1.2rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 3rem auto; padding: 0 1rem }}
input, button {{ font: inherit; padding: .3rem .6rem }}</style>
<main>
<h1>{heading}</h1>
<form method="post" action="/words">
<label for="word">Suggest another:</label>
<input id="word" name="word" required maxlength="40" pattern="[A-Za-z]+">
<button>Suggest</button>
</form>
</main>
</html>
"""


def ask_words(method, body=None):
    """The status and the JSON that the service answers."""
    service = HTTPConnection(os.environ["WORDS_HOST"], int(os.environ["WORDS_PORT"]), timeout=5)
    try:
        headers = {"Authorization": f"Bearer {os.environ['WORDS_TOKEN']}", "Content-Type": "application/json"}
        service.request(method, "/word", body and json.dumps(body), headers)
        answer = service.getresponse()
        return answer.status, json.load(answer)
    finally:
        service.close()


class Front(BaseHTTPRequestHandler):
    # The gateway reuses connections, and is the one to close them.
    protocol_version = "HTTP/1.1"
    timeout = 120

    def do_GET(self):
        if self.path == "/":
            self.with_service("GET", lambda _, answer: self.show(200, f"The word of the moment is “{answer['word']}”."))
        elif self.path == "/words/latest":
            self.with_service("GET", lambda status, answer: self.send(status, "application/json", json.dumps(answer)))
        else:
            self.show(404, "There is no such page.")

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        if self.path != "/words" or length > LONGEST_FORM:
            self.close_connection = True
            self.show(404, "There is no such page.")
            return

        form = parse_qs(self.rfile.read(length).decode(errors="replace"))
        self.with_service("PUT", self.answer_suggestion, {"word": form.get("word", [""])[0]})

    def answer_suggestion(self, status, answer):
        if status == 200:
            self.send(303, "text/plain", "", {"Location": "/"})
        else:
            self.show(status, answer["why"])

    def with_service(self, method, show, body=None):
        try:
            status, answer = ask_words(method, body)
        except (OSError, HTTPException, ValueError) as trouble:
            self.log_error("The service does not answer: %s", trouble)
            self.show(503, "The words are away for a moment.")
            return

        show(status, answer)

    def show(self, status, heading):
        self.send(status, "text/html; charset=utf-8", PAGE.format(heading=html.escape(heading)))

    def send(self, status, kind, text, headers=()):
        body = text.encode()
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **dict(headers)}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    ThreadingHTTPServer(("", int(os.environ["PORT"])), Front).serve_forever()
