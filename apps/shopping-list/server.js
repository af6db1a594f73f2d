// A page, a small API, a health check. Pages work without a script.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import * as list from './list.js';
import { page } from './page.js';

const { values } = parseArgs({ options: { port: { type: 'string', default: '8000' } } });
const LARGEST_BODY = 4096;
const css = await readFile(new URL('public/list.css', import.meta.url));
const icon = await readFile(new URL('public/icon.svg', import.meta.url));

const GUARDS = {
  'Content-Security-Policy': "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
};

function send(response, status, type, body, headers = {}) {
  response.writeHead(status, { 'Content-Type': type, ...GUARDS, ...headers }).end(body);
}

const html = (response, status, body) => send(response, status, 'text/html; charset=utf-8', body);
const json = (response, status, body) => send(response, status, 'application/json', JSON.stringify(body));
const seeFront = response => response.writeHead(303, { Location: './' }).end();

/** The field of a form; null when the body is too long for one. */
async function nameIn(request) {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
    if (body.length > LARGEST_BODY) {
      return null;
    }
  }
  return new URLSearchParams(body).get('name') ?? '';
}

/** Another site can make a browser send us a form. Browsers say when they do that. */
function isForged(request) {
  const site = request.headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

const routes = {
  'GET /': async (request, response) => html(response, 200, page((await list.read()).items)),
  'GET /list.css': (request, response) => send(response, 200, 'text/css', css, { 'Cache-Control': 'max-age=300' }),
  'GET /icon.svg': (request, response) => send(response, 200, 'image/svg+xml', icon, { 'Cache-Control': 'max-age=300' }),
  'GET /health': async (request, response) => {
    await list.read();
    json(response, 200, { status: 'ok' });
  },
  'POST /items': async (request, response) => {
    const added = await list.add((await nameIn(request)) ?? '');
    return typeof added === 'string' ? html(response, 422, page((await list.read()).items, added)) : seeFront(response);
  },
  'POST /items/:id': async (request, response, id) => {
    await list.remove(id);
    seeFront(response);
  },
  'POST /api/items': async (request, response) => {
    const added = await list.add((await nameIn(request)) ?? '');
    return typeof added === 'string' ? json(response, 422, { error: added }) : json(response, 201, added);
  },
  'GET /api/items/:id': async (request, response, id) => {
    const item = (await list.read()).items.find(one => one.id === id);
    return item ? json(response, 200, item) : json(response, 404, { error: 'That is not on the list.' });
  },
  'DELETE /api/items/:id': async (request, response, id) =>
    (await list.remove(id)) ? response.writeHead(204).end() : json(response, 404, { error: 'That is not on the list.' }),
};

const server = createServer(async (request, response) => {
  try {
    const path = request.url.split('?')[0];
    const [, folder, id] = path.match(/^(.*\/items\/)([\w-]{1,40})$/) ?? [];
    const route = routes[`${request.method} ${id ? `${folder}:id` : path}`];
    if (!route) {
      return html(response, 404, page([], 'There is no such page.'));
    }
    if (request.method !== 'GET' && isForged(request)) {
      return json(response, 403, { error: 'This request was made by another site.' });
    }
    await route(request, response, id);
  } catch (failure) {
    console.error(failure);
    json(response, 500, { error: 'The list cannot be read or written just now.' });
  }
});

server.keepAliveTimeout = 75_000; // longer than the gateway's, so that we never close first
server.listen(Number(values.port), () => console.log(`listening on ${values.port}`));

process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});
