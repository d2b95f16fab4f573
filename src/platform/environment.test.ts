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
      mail: null,
      pushServices: [],
      voiceModel: null,
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
    ['SMTP_URL', 'mail.example.vn'],
    ['SMTP_URL', 'http://mail.example.vn'],
    ['PUSH_SERVICES', 'push.example.vn'],
    ['PUSH_SERVICES', 'https://push.example.vn/path'],
  ])('%s=%s stops the start with one line naming it', (name, value) => {
    const read = () => readEnvironment({ [name]: value }, '/srv');
    expect(read).toThrow(WrongSetting);
    expect(read).toThrow(new RegExp(`^${name}=[^\\n]*$`));
  });

  it('take a mail server and its sender together, or neither', () => {
    const read = (env: Record<string, string>) => readEnvironment(env, '/srv').mail;
    const url = 'smtps://me:secret@mail.example.vn:465';
    expect(read({ SMTP_URL: url, MAIL_FROM: 'Phường <nhac@example.vn>' })).toEqual({
      url,
      from: 'Phường <nhac@example.vn>',
    });
    expect(() => read({ SMTP_URL: url })).toThrow(/^MAIL_FROM=(?!.*secret)/);
    expect(() => read({ MAIL_FROM: 'nhac@example.vn' })).toThrow(/^SMTP_URL=/);
    expect(() => read({ SMTP_URL: url, MAIL_FROM: 'nobody' })).toThrow(/^MAIL_FROM=(?!.*secret)/);
    expect(() => read({ SMTP_URL: 'ftp://me:secret@x', MAIL_FROM: 'a@b.vn' })).toThrow(/^(?!.*secret)/);
  });

  it('name further push services by their origins', () => {
    expect(
      readEnvironment({ PUSH_SERVICES: 'https://a.vn, http://127.0.0.1:81' }, '/srv').pushServices,
    ).toEqual(['https://a.vn', 'http://127.0.0.1:81']);
  });

  it('never repeat a database address, which may hold a password', () => {
    expect(() => readEnvironment({ DATABASE_URL: 'mysql://me:secret@host' }, '/srv')).toThrow(
      /^(?!.*secret)/,
    );
  });
});
