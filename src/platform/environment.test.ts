import { describe, expect, it } from 'vitest';
import { readEnvironment, WrongSetting } from '#platform/environment.ts';

describe('settings from outside', () => {
  it('have defaults', () => {
    expect(readEnvironment({}, '/srv')).toEqual({
      port: null,
      host: '127.0.0.1',
      dataDir: '/srv/data',
      databaseUrl: null,
      clock: null,
      origin: null,
      logLevel: 'info',
    });
  });

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['CLOCK', 'tomorrow'],
    ['CLOCK', '2025-08-05T08:25:00'],
    ['ORIGIN', 'tungnha.example'],
    ['ORIGIN', 'https://tungnha.example/path'],
    ['DATABASE_URL', 'mysql://x'],
    ['LOG_LEVEL', 'loud'],
  ])('%s=%s stops the start with one line naming it', (name, value) => {
    const read = () => readEnvironment({ [name]: value }, '/srv');
    expect(read).toThrow(WrongSetting);
    expect(read).toThrow(new RegExp(`^${name}=[^\\n]*$`));
  });

  it('never repeat a database address, which may hold a password', () => {
    expect(() => readEnvironment({ DATABASE_URL: 'mysql://me:secret@host' }, '/srv')).toThrow(
      /^(?!.*secret)/,
    );
  });
});
