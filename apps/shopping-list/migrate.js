// What the Procfile calls release: brings the file of an older version into today's form, and proves that it can be written.
// It may run at every start: a file of today's form is left as it is.

import { VERSION, read, write } from './list.js';

const list = await read();

if (Array.isArray(list)) {
  // Version 1 was a bare list of names.
  const { nanoid } = await import('nanoid');
  const since = new Date().toISOString();
  await write({ version: VERSION, items: list.map(name => ({ id: nanoid(), name, since })) });
  console.log(`migrated ${list.length} items`);
} else if (list.version > VERSION) {
  console.error(`The list is of version ${list.version}; this program knows ${VERSION}. Deploy the newer program.`);
  process.exit(1);
} else {
  await write(list);
}
