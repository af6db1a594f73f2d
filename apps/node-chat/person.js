// One connection: what it may say and how often, and whether it is still there.

const LONGEST_NAME = 30;
const LONGEST_TEXT = 500;
const BURST = 5; // so many messages at once, then one a second
const SLOWEST_READER = 1024 * 1024; // bytes that may wait to be read

export class Person {
  #socket;
  #room;
  #allowance = BURST;
  #lastSpoke = Date.now();
  #answered = true;

  constructor(socket) {
    this.#socket = socket;
    socket.on('pong', () => (this.#answered = true));
    socket.on('error', () => socket.terminate());
  }

  enter(rooms, roomName) {
    this.#room = rooms.enter(roomName, this);
    if (!this.#room) {
      this.#socket.close(1013, 'Too many rooms are open.');
      return;
    }
    this.#socket.on('message', (data) => this.#hear(data));
    this.#socket.on('close', () => this.#room.leave(this));
  }

  tell(news) {
    // Who does not read would otherwise fill our memory.
    if (this.#socket.bufferedAmount > SLOWEST_READER) {
      this.#socket.terminate();
    } else {
      this.#socket.send(JSON.stringify(news));
    }
  }

  /** Called every now and then. A connection whose other end has vanished does not close by itself. */
  checkPresence() {
    if (!this.#answered) {
      this.#socket.terminate();
      return;
    }
    this.#answered = false;
    this.#socket.ping();
  }

  leave(reason) {
    this.#socket.close(1001, reason);
  }

  #hear(data) {
    const said = parse(data);
    if (!said) {
      this.tell({ refused: 'A message needs a name and a text.' });
    } else if (!this.#maySpeak()) {
      this.tell({ refused: 'That was too fast. Take a breath, then send it again.' });
    } else {
      this.#room.say(said.name, said.text);
    }
  }

  #maySpeak() {
    const now = Date.now();
    this.#allowance = Math.min(BURST, this.#allowance + (now - this.#lastSpoke) / 1000);
    this.#lastSpoke = now;
    if (this.#allowance < 1) {
      return false;
    }
    this.#allowance -= 1;
    return true;
  }
}

/** What arrives can be anything. What leaves here is a name and a text of sensible length, or nothing. */
function parse(data) {
  try {
    const { name, text } = JSON.parse(data);
    const said = { name: clean(name, LONGEST_NAME), text: clean(text, LONGEST_TEXT) };
    return said.name && said.text ? said : undefined;
  } catch {
    return undefined;
  }
}

function clean(value, longest) {
  return [...value.trim()].slice(0, longest).join(''); // by characters, so that none is cut in half
}
