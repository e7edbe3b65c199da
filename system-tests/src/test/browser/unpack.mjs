// Unpacks the Chromium that the npm package carries: node unpack.mjs FOLDER
// The package's own way would put it into the machine's temporary folder, and it has what a bare
// Linux lacks: libraries and a font.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

const folder = resolve(process.argv[2]);
const packed = join(import.meta.dirname, 'node_modules/@sparticuz/chromium/bin');
mkdirSync(folder, { recursive: true });

for (const archive of ['al2023.tar', 'fonts.tar', 'swiftshader.tar']) {
  const tar = brotliDecompressSync(readFileSync(join(packed, `${archive}.br`)));
  execFileSync('tar', ['-x', '-C', folder], { input: tar });
}
// The one it brings names folders of another machine.
writeFileSync(join(folder, 'fonts.conf'), `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`);

// Last, because who finds it takes the rest for done.
const program = join(folder, 'chromium');
const draft = `${program}.new`;
writeFileSync(draft, brotliDecompressSync(readFileSync(join(packed, 'chromium.br'))));
chmodSync(draft, 0o755);
renameSync(draft, program);
