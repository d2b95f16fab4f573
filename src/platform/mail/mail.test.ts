import { afterAll, describe, expect, it } from 'vitest';
import { domainOf, mailSender } from '#platform/mail/mail.server.ts';
import { startMailServer } from '../../../tests/support/mail-server.ts';

const server = await startMailServer();
afterAll(() => server.stop());

const FROM = 'Công an phường Hồng An <nhac-viec@hongan.example>';
const message = {
  to: 'to-truong@example.vn',
  subject: 'Nhắc việc: báo cáo nhanh trước 08h30’',
  text: "Kính gửi ông/bà Tổ trưởng TDP 7:\n.\nđến 07h30' Công an phường chưa nhận được báo cáo nhanh.",
  id: '0198a1c2-reminder.1',
  choicesUrl: 'https://tungnha.example/tai-khoan/nhac-viec',
};

describe('a reminder by e-mail', () => {
  it('arrives as it was written, marks, dots and all, and says that a machine sent it', async () => {
    const sender = mailSender({ url: server.url, from: FROM });
    expect(await sender.send(message)).toEqual({ is: 'accepted' });
    const mail = server.mails.at(-1);
    expect(mail?.to).toEqual(['to-truong@example.vn']);
    expect(mail?.from).toBe('nhac-viec@hongan.example');
    expect(mail?.header('from')).toContain('Công an phường Hồng An');
    expect(mail?.header('subject')).toBe(message.subject);
    expect(mail?.text.replaceAll('\r\n', '\n')).toBe(message.text);
    expect(mail?.header('auto-submitted')).toBe('auto-generated');
    expect(mail?.header('list-unsubscribe')).toBe(`<${message.choicesUrl}>`);
    sender.close();
  });

  it('keeps its Message-ID when it is sent again', async () => {
    const sender = mailSender({ url: server.url, from: FROM });
    await sender.send(message);
    await sender.send(message);
    const ids = server.mails.slice(-2).map((mail) => mail.header('message-id'));
    expect(ids).toEqual([`<${message.id}@hongan.example>`, `<${message.id}@hongan.example>`]);
    expect(domainOf('a@b.vn')).toBe('b.vn');
    sender.close();
  });

  it('is tried again where the server says "not now" or cannot be reached, and not where it says "never"', async () => {
    const sender = mailSender({ url: server.url, from: FROM });
    server.refuse(450, 1);
    expect(await sender.send(message)).toEqual({ is: 'later', status: 450 });
    server.refuse(550, 1);
    expect(await sender.send(message)).toEqual({ is: 'refused', status: 550 });
    expect(await sender.send(message)).toEqual({ is: 'accepted' });
    sender.close();
    const nobody = mailSender({ url: 'smtp://127.0.0.1:1', from: FROM });
    expect(await nobody.send(message)).toEqual({ is: 'later', status: null });
  });

  it('signs in where the address holds a user', async () => {
    const url = (password: string) => server.url.replace('//', `//phuong:${password}@`);
    const sender = mailSender({ url: url('mat-khau'), from: FROM });
    expect(await sender.send(message)).toEqual({ is: 'accepted' });
    expect(server.mails.at(-1)?.user).toBe('phuong');
    const wrong = mailSender({ url: url('sai'), from: FROM });
    expect(await wrong.send(message)).toEqual({ is: 'refused', status: 535 });
  });

  it('cannot be turned to other readers or headers by an address or a subject', async () => {
    const sender = mailSender({ url: server.url, from: FROM });
    const before = server.mails.length;
    const answer = await sender.send({
      ...message,
      to: 'a@example.vn\r\nBcc: thief@example.vn',
      subject: 'x\r\nBcc: thief@example.vn',
    });
    const mail = server.mails.slice(before);
    expect(mail.flatMap(({ to }) => to)).not.toContain('thief@example.vn');
    for (const one of mail) expect(one.header('bcc')).toBeUndefined();
    expect(['accepted', 'later', 'refused']).toContain(answer.is);
    sender.close();
  });
});
