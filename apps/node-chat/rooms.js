// The rooms: who is in them, and what was said last. All of it in memory; nothing is kept.

import { randomUUID } from 'node:crypto';

const HISTORY = 50;
const MOST_ROOMS = 500;
const FORGET_EMPTY_ROOMS_AFTER = 10 * 60 * 1000;

export class Rooms {
  #rooms = new Map();

  get count() {
    return this.#rooms.size;
  }

  /** The room of that name, made when it is new; undefined when there are too many already. */
  enter(name, person) {
    const room = this.#rooms.get(name) ?? this.#make(name);
    room?.enter(person);
    return room;
  }

  #make(name) {
    if (this.#rooms.size >= MOST_ROOMS) {
      return undefined;
    }
    const room = new Room(() => this.#rooms.delete(name));
    this.#rooms.set(name, room);
    return room;
  }
}

class Room {
  #people = new Set();
  #history = [];
  #forget;
  #forgetting;

  constructor(forget) {
    this.#forget = forget;
  }

  /** A person is anything with a method `tell`. */
  enter(person) {
    clearTimeout(this.#forgetting);
    this.#people.add(person);
    person.tell({ history: this.#history });
    this.#tellHowMany();
  }

  leave(person) {
    this.#people.delete(person);
    this.#tellHowMany();
    if (this.#people.size > 0) {
      return;
    }
    if (this.#history.length === 0) {
      this.#forget();
    } else {
      // unref: a room that waits to be forgotten should not keep the process from ending.
      this.#forgetting = setTimeout(this.#forget, FORGET_EMPTY_ROOMS_AFTER).unref();
    }
  }

  say(name, text) {
    const message = { id: randomUUID(), name, text, at: new Date().toISOString() };
    this.#history = [...this.#history, message].slice(-HISTORY);
    this.#tellAll({ message });
  }

  #tellHowMany() {
    this.#tellAll({ people: this.#people.size });
  }

  #tellAll(news) {
    for (const person of this.#people) {
      person.tell(news);
    }
  }
}
