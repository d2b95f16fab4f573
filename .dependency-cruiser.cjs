/** Imports go down only. The floor imports nothing above it; features meet only through model and schema. */
const up = (from, to) => ({ severity: 'error', from: { path: from }, to: { path: to } });
module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'core-imports-nothing', ...up('^src/core/', '^src/(?!core/)') },
    { name: 'protocol-imports-core', ...up('^src/protocol/', '^src/(?!core/|protocol/)') },
    { name: 'platform-knows-no-feature', ...up('^src/platform/', '^src/(features|registry|routes|ui)/') },
    { name: 'ui-knows-no-feature', ...up('^src/ui/', '^src/(features|registry|routes|platform)/') },
    {
      // A test may come in by the product's own door.
      name: 'features-below-roof',
      severity: 'error',
      from: { path: '^src/features/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(registry|routes)/' },
    },
    { name: 'registry-below-routes', ...up('^src/registry/', '^src/routes/') },
    {
      name: 'features-meet-through-model-and-schema',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/', pathNot: '^src/features/($1/|[^/]+/(model|schema|engine)(/|\\.ts$))' },
    },
    {
      name: 'no-test-in-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.ts$' },
      to: { path: '\\.test\\.ts$|^tests/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/generated/|\\$types' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.svelte'],
      conditionNames: ['svelte', 'import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
