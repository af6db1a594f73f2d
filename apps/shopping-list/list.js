// The list: a file that is read at every request and replaced as a whole, so a crash leaves the old one or the new one.

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nanoid } from 'nanoid';

export const FILE = join(process.env.DATA ?? 'data', 'list.json');
export const VERSION = 2;
const LONGEST_NAME = 80;
const MOST_ITEMS = 500;

let last = Promise.resolve();

/** Runs one change at a time: two shoppers must not overwrite each other. */
function alone(change) {
  const next = last.then(change, change);
  last = next.catch(() => {});
  return next;
}

export async function read() {
  try {
    return JSON.parse(await readFile(FILE, 'utf8'));
  } catch (failure) {
    if (failure.code === 'ENOENT') {
      return { version: VERSION, items: [] };
    }
    throw failure;
  }
}

export async function write(list) {
  await mkdir(dirname(FILE), { recursive: true });
  const draft = `${FILE}.${nanoid(8)}`;
  await writeFile(draft, JSON.stringify(list, null, 1) + '\n', { flush: true });
  await rename(draft, FILE);
}

/** Puts something on the list; a text says what is wrong with it. */
export function add(written) {
  const name = written.trim().replace(/\s+/g, ' ');
  if (name === '' || name.length > LONGEST_NAME) {
    return Promise.resolve(`Write what is missing, in up to ${LONGEST_NAME} letters.`);
  }
  return alone(async () => {
    const list = await read();
    if (list.items.length >= MOST_ITEMS) {
      return 'The list is full: buy something first.';
    }
    const item = { id: nanoid(), name, since: new Date().toISOString() };
    list.items.push(item);
    await write(list);
    return item;
  });
}

/** Whether it was on the list. */
export function remove(id) {
  return alone(async () => {
    const list = await read();
    const left = list.items.filter(item => item.id !== id);
    if (left.length === list.items.length) {
      return false;
    }
    await write({ ...list, items: left });
    return true;
  });
}
