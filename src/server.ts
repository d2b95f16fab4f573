// The entry. The product itself is loaded behind Node's compile cache, which has to be switched on before anything it
// is to keep: a start that has the cache answers about a second earlier.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compile', import.meta.url)));
await import('./product.server.ts');
