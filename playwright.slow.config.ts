import config from './playwright.config.ts';

export default { ...config, testDir: 'tests/slow/browser' };
