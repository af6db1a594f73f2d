// Makes of assets/ what browsers load: shorter, and under names that change when the content does, so that it may be kept
// for a year. The app finds the names in manifest.json. It needs nothing but Node.js.

import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { extname, basename, join } from 'node:path';

const FROM = 'assets';
const TO = 'readinglist/static';

/** Without comments, and without the white space that nobody sees. */
const shorter = {
  '.css': text => text.replace(/\/\*[^]*?\*\//g, '').replace(/\s+/g, ' ').replace(/ ?([{};:,>]) ?/g, '$1').trim(),
  '.svg': text => text.replace(/<!--[^]*?-->/g, '').replace(/>\s+</g, '><').trim(),
};

await rm(TO, { recursive: true, force: true });
await mkdir(TO, { recursive: true });

const manifest = {};
for (const file of (await readdir(FROM)).sort()) {
  const kind = extname(file);
  const before = await readFile(join(FROM, file), 'utf8');
  const after = (shorter[kind] ?? (text => text))(before);
  const hash = createHash('sha256').update(after).digest('hex').slice(0, 12);
  manifest[file] = `${basename(file, kind)}.${hash}${kind}`;
  await writeFile(join(TO, manifest[file]), after);
  console.log(`${file}: ${before.length} -> ${after.length} bytes, ${manifest[file]}`);
}

await writeFile(join(TO, 'manifest.json'), JSON.stringify(manifest, null, 2) + '\n');
