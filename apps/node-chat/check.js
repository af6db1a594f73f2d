// Does the chat work? Two people meet in a room nobody else knows; a third comes later and reads what was said.
// Exit code 0 when they did. Part of the test protocol in nua-config.toml: `npm run check`.

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';

const room = `ws://127.0.0.1:${process.env.PORT ?? 8000}/rooms/${randomUUID()}`;

setTimeout(() => fail('no answer within 5 seconds'), 5000).unref();
process.on('unhandledRejection', (reason) => fail(reason));

const speaker = await join();
const listener = await join();

const heard = next(listener, (news) => news.message);
speaker.send(JSON.stringify({ name: 'Check', text: 'Grüße <b>an alle</b>' }));
expect((await heard).message.text === 'Grüße <b>an alle</b>', 'the listener hears what was said, as it was said');

const refused = next(speaker, (news) => news.refused);
speaker.send('not JSON');
expect((await refused).refused, 'nonsense is refused, and the connection stays');

const late = new WebSocket(room);
const { history } = await next(late, (news) => news.history);
expect(history.length === 1 && history[0].name === 'Check', 'who comes later reads what was said');

const stranger = new WebSocket(room, { origin: 'https://elsewhere.example' });
const [, answer] = await once(stranger, 'unexpected-response');
expect(answer.statusCode === 403, 'pages of other sites are not let in');

[speaker, listener, late].forEach((person) => person.close());
console.log('The chat works.');
process.exit(0);

async function join() {
  const person = new WebSocket(room);
  await once(person, 'open');
  return person;
}

/** The next news of that kind. */
function next(person, isWanted) {
  return new Promise((resolve, reject) => {
    person.on('error', reject);
    person.on('message', (data) => {
      const news = JSON.parse(data);
      if (isWanted(news)) {
        resolve(news);
      }
    });
  });
}

function expect(holds, what) {
  if (!holds) {
    fail(`it does not hold that ${what}`);
  }
}

function fail(reason) {
  console.error(`The chat does not work: ${reason}.`);
  process.exit(1);
}
