// The pages and what belongs to them: read once at start, then served from memory.
// No part of a request is ever used as a path on the disk, so there is no path to escape from.

import { readFileSync } from 'node:fs';

const HEADERS = {
  // Scripts and styles are our own files; what people write is shown as text and can never run.
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
};

const files = {
  '/': page('index.html', 'text/html; charset=utf-8'),
  '/room.html': page('room.html', 'text/html; charset=utf-8'),
  '/chat.css': page('chat.css', 'text/css; charset=utf-8'),
  '/room.js': page('room.js', 'text/javascript; charset=utf-8'),
  '/icon.svg': page('icon.svg', 'image/svg+xml'),
};

export function sendPage(response, path) {
  const file = Object.hasOwn(files, path) ? files[path] : undefined;
  if (!file) {
    sendText(response, 404, 'There is nothing here. Rooms begin at /\n');
    return;
  }
  response.writeHead(200, { ...HEADERS, 'Content-Type': file.type, 'Content-Length': file.content.length });
  response.end(file.content);
}

export function sendText(response, status, text, headers = {}) {
  response.writeHead(status, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8', ...headers });
  response.end(text);
}

export function sendJson(response, value) {
  response.writeHead(200, { ...HEADERS, 'Content-Type': 'application/json' });
  response.end(JSON.stringify(value));
}

function page(name, type) {
  return { type, content: readFileSync(new URL(`public/${name}`, import.meta.url)) };
}
