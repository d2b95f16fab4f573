// Writes `_app/field-files.json`: the files that the field app needs to open and work without a network, and no others.
// The bundler knows which chunks a page really draws in; the service worker keeps exactly those.
import type { Plugin } from 'vite';

/** What the pages of the offline app are made of; their imports follow. */
const ROOTS = [/[/\\]src[/\\]routes[/\\]\(lane\)[/\\]/, /[/\\]src[/\\]routes[/\\]\+/];
/** Latin letters and Vietnamese marks; the other alphabets of the font are never drawn. */
const FONTS = /be-vietnam-pro-(?:vietnamese|latin)-\d+-normal[^/]*\.woff2$/;

/** Kit's start and its list of every page. */
const isKit = (chunk: { readonly isEntry: boolean; readonly fileName: string }): boolean =>
  chunk.isEntry && /entry[/\\](?:start|app)\./.test(chunk.fileName);

interface Meta {
  readonly importedCss?: ReadonlySet<string>;
  readonly importedAssets?: ReadonlySet<string>;
}

export function fieldFiles(): Plugin {
  return {
    name: 'field-files',
    applyToEnvironment: (environment) => environment.name === 'client',
    generateBundle(_options, bundle) {
      const wanted = new Set<string>();
      const take = (name: string): void => {
        const chunk = bundle[name];
        if (!chunk || wanted.has(name)) return;
        wanted.add(name);
        if (chunk.type !== 'chunk') return;
        const meta = (chunk as { viteMetadata?: Meta }).viteMetadata;
        for (const asset of [...(meta?.importedCss ?? []), ...(meta?.importedAssets ?? [])]) take(asset);
        for (const next of chunk.imports) take(next);
        // What a page draws in later (what follows a tap, signature, scanner) must be there as well. Only Kit's own entry
        // draws in other pages' nodes.
        if (!isKit(chunk)) for (const next of chunk.dynamicImports) take(next);
      };
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const ids = chunk.moduleIds;
        if (isKit(chunk) || ids.some((id) => ROOTS.some((root) => root.test(id)))) take(chunk.fileName);
      }
      for (const name of Object.keys(bundle)) if (FONTS.test(name)) wanted.add(name);
      const isOtherFont = (name: string) => /\.woff2?$/.test(name) && !FONTS.test(name);
      const files = [...wanted].filter((name) => !name.endsWith('.map') && !isOtherFont(name)).sort();
      this.emitFile({
        type: 'asset',
        fileName: '_app/field-files.json',
        source: JSON.stringify(files.map((name) => `/${name}`)),
      });
    },
  };
}
