import { paraglideVitePlugin } from '@inlang/paraglide-js';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

export default defineConfig({
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
  ],
});
