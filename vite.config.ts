import { paraglideVitePlugin } from '@inlang/paraglide-js';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { fieldFiles } from './vite.field-files.ts';

export default defineConfig({
  build: {
    // The map of the ward's doors is one library and loaded by its own page alone.
    chunkSizeWarningLimit: 1_200,
    // Scripts need no list of what they draw in: the server names it in a page's head and the phone has it kept. The
    // list of every page's styles stays, or a page would be drawn before it is dressed.
    modulePreload: { resolveDependencies: (_file, deps) => deps.filter((name) => name.endsWith('.css')) },
  },
  plugins: [
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/generated/messages',
      strategy: ['cookie', 'baseLocale'],
      cookieName: 'tn_locale',
      emitTsDeclarations: true,
    }),
    tailwindcss(),
    sveltekit({
      adapter: adapter({ precompress: true }),
      // Relative paths let the offline shell answer any depth of address.
      paths: { relative: false },
      // Registered by the signed-in pages themselves: public pages carry no worker, and its update follows a rule.
      serviceWorker: { register: false },
    }),
    fieldFiles(),
  ],
});
