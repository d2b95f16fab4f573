// Writes the words of the server as a few files beside the built pages. Node would otherwise open three thousand small
// modules at every start, which costs a second; `--conditions=built` (package.json, imports) has it read these instead.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const from = (/** @type {string} */ name) => join(root, 'src', 'generated', 'messages', name);

await build({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  build: {
    ssr: true,
    minify: true,
    outDir: join(root, 'build', 'messages'),
    rolldownOptions: {
      input: { messages: from('messages.js'), runtime: from('runtime.js'), server: from('server.js') },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
});
