import { connect } from 'node:net';

/** A customer's mail server with one connection to ours, kept as long as there are mails. */
export interface MailRoute {
  /** Resolves when ours has taken the mail; rejects when it refuses. */
  deliver(mail: { from: string; to: string; raw: Buffer }): Promise<void>;
  end(): void;
}

export async function openMailRoute(at: { host: string; port: number }): Promise<MailRoute> {
  const socket = connect({ ...at, noDelay: true });
  let heard = '';
  let broken: Error | undefined;
  let wake: (() => void) | undefined;
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString('latin1');
    wake?.();
  });
  for (const end of ['error', 'close'] as const)
    socket.on(end, (error?: unknown) => {
      broken ??= error instanceof Error ? error : new Error('The mail receiver closed the connection.');
      wake?.();
    });
  const expectReply = async (code: string): Promise<void> => {
    for (;;) {
      const found = /^(?:\d{3}-[^\n]*\n)*((\d{3}) [^\n]*)\n/.exec(heard);
      if (found) {
        heard = heard.slice(found[0].length);
        if (found[2] !== code) throw new Error(`The mail receiver said: ${found[1]?.trim()}`);
        return;
      }
      if (broken) throw broken;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  await expectReply('220');
  socket.write('EHLO mx.kunden.example\r\n');
  await expectReply('250');
  return {
    async deliver({ from, to, raw }) {
      socket.write(`MAIL FROM:<${from}>\r\nRCPT TO:<${to}>\r\nDATA\r\n`);
      for (const code of ['250', '250', '354']) await expectReply(code);
      const text = raw.toString('latin1').replace(/^\./gm, '..');
      socket.write(Buffer.from(text.endsWith('\r\n') ? `${text}.\r\n` : `${text}\r\n.\r\n`, 'latin1'));
      await expectReply('250');
    },
    end: () => socket.end('QUIT\r\n'),
  };
}
