// A room, as one visitor sees it. What others write is only ever set as text, never as HTML.

const roomName = decodeURIComponent(location.pathname.split('/').pop());
const [room, state, log, form, name, text, problem] =
  ['room', 'state', 'log', 'say', 'name', 'text', 'problem'].map((id) => document.getElementById(id));

const shown = new Set(); // after a reconnection the history comes again
let socket;
let waited = 0;
let lastSaid = '';

room.textContent = roomName;
document.title = `${roomName} · Chat`;
name.value = localStorage.getItem('name') ?? '';
(name.value ? text : name).focus();
connect();

form.addEventListener('submit', (event) => {
  event.preventDefault();
  problem.textContent = '';
  if (socket.readyState !== WebSocket.OPEN) {
    problem.textContent = 'Not connected. Your message is still here; send it again in a moment.';
    return;
  }
  localStorage.setItem('name', name.value);
  socket.send(JSON.stringify({ name: name.value, text: text.value }));
  lastSaid = text.value;
  text.value = '';
  text.focus();
});

function connect() {
  // The room's page and its socket share one address.
  socket = new WebSocket(location.origin.replace(/^http/, 'ws') + location.pathname);
  socket.addEventListener('open', () => (waited = 0));
  socket.addEventListener('message', ({ data }) => receive(JSON.parse(data)));
  socket.addEventListener('close', reconnect);
}

function reconnect() {
  state.textContent = 'Reconnecting…';
  state.className = 'lost';
  // Longer each time, and not all visitors at once: a server that restarts should not meet a crowd at the door.
  waited = Math.min(Math.max(500, waited * 2), 15_000);
  setTimeout(connect, waited * (0.5 + Math.random()));
}

function receive({ history, message, people, refused }) {
  if (people) {
    state.textContent = people === 1 ? 'You are alone here' : `${people} people here`;
    state.className = 'here';
  }
  if (refused) {
    problem.textContent = refused;
    text.value ||= lastSaid; // to send it again, it should still be there
  }
  [...(history ?? []), ...(message ? [message] : [])].forEach(show);
}

function show({ id, name: author, text: said, at }) {
  if (shown.has(id)) {
    return;
  }
  shown.add(id);
  // Who has scrolled up is reading: leave the page where it is.
  const follow = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const article = element('article', author === name.value ? 'mine' : '');
  const time = element('time', '', new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));
  time.dateTime = at;
  const words = element('p', '', said);
  words.dir = 'auto';
  const head = element('header');
  head.append(element('bdi', '', author), time);
  article.append(head, words);
  log.append(article);
  if (follow) {
    log.scrollTop = log.scrollHeight;
  }
}

function element(tag, className = '', content = '') {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = content;
  return made;
}
