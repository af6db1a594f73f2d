// The chat: pages over HTTP, conversations over WebSocket. A room's page and its socket share one address.

import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { sendJson, sendPage, sendText } from './pages.js';
import { Person } from './person.js';
import { Rooms } from './rooms.js';

const PORT = Number(process.env.PORT ?? 8000);
const ROOM = /^\/rooms\/([a-z0-9-]{1,40})$/;
const MOST_PEOPLE = 2000;

const rooms = new Rooms();
const people = new Set();

const server = createServer((request, response) => {
  const { path, query } = partsOf(request.url);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    sendText(response, 405, 'Only GET and HEAD are understood here.\n', { Allow: 'GET, HEAD' });
  } else if (path === '/health') {
    sendJson(response, { status: 'ok', rooms: rooms.count, people: people.size });
  } else if (path === '/rooms') {
    sendText(response, 303, '', { Location: `/rooms/${roomNameOf(query.get('name') ?? '')}` });
  } else {
    sendPage(response, ROOM.test(path) ? '/room.html' : path);
  }
});

const sockets = new WebSocketServer({ noServer: true, maxPayload: 4096 });

server.on('upgrade', (request, socket, head) => {
  socket.on('error', () => socket.destroy());
  const room = ROOM.exec(partsOf(request.url).path)?.[1];
  if (!room) {
    refuse(socket, '404 Not Found');
  } else if (isForeign(request)) {
    refuse(socket, '403 Forbidden');
  } else if (people.size >= MOST_PEOPLE) {
    refuse(socket, '503 Service Unavailable');
  } else {
    sockets.handleUpgrade(request, socket, head, (connection) => welcome(connection, room));
  }
});

function welcome(connection, room) {
  const person = new Person(connection);
  people.add(person);
  connection.on('close', () => people.delete(person));
  person.enter(rooms, room);
}

/** Not `new URL()`: it throws on some addresses, and whoever sends us one of those must not stop the server. */
function partsOf(url) {
  const [path, query] = url.split('?', 2);
  return { path, query: new URLSearchParams(query) };
}

/** Browsers let any site open a socket to us, and say which site it was. Only our own pages may. */
function isForeign({ headers }) {
  const host = headers['x-forwarded-host'] ?? headers.host;
  return headers.origin !== undefined && ![`https://${host}`, `http://${host}`].includes(headers.origin);
}

function refuse(socket, status) {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** `Film & Tea!` becomes `film-tea`; a name with nothing to keep becomes the lobby. */
function roomNameOf(wish) {
  const name = wish.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 40);
  return name.replace(/^-|-$/g, '') || 'lobby';
}

setInterval(() => people.forEach((person) => person.checkPresence()), 30_000).unref();

// Longer than any proxy in front keeps an idle connection: it, not we, should be the one to close.
server.keepAliveTimeout = 75_000;
server.listen(PORT, () => console.log(`Listening on port ${PORT}.`));

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => {
    console.log(`${signal}: saying goodbye to ${people.size} people.`);
    people.forEach((person) => person.leave('The server restarts.'));
    server.close();
    server.closeIdleConnections();
    // Whoever does not answer the goodbye is not waited for.
    setTimeout(() => process.exit(0), 2000).unref();
  });
}
