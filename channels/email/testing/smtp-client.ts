import net from 'node:net';

/** A hand on the wire: says SMTP lines and hears replies, also wrong ones that no library would say. */
export interface SmtpClient {
  /** Sends bytes as they are. */
  write(data: string | Buffer): void;
  /** The next complete reply; rejects when the connection ends before. */
  reply(): Promise<string>;
  /** Sends a line and hears the reply. */
  say(line: string): Promise<string>;
  /** EHLO, MAIL, RCPT, DATA and the mail; the last reply, or the first refusal. */
  deliver(from: string, to: readonly string[], mail: string | Buffer): Promise<string>;
  closed: Promise<void>;
  end(): void;
}

export async function smtpClient(address: string): Promise<SmtpClient> {
  const [host = '', port = ''] = address.split(':');
  const socket = net.connect({ port: Number(port), host, noDelay: true });
  let heard = '';
  let isClosed = false;
  let wake: (() => void) | undefined;
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString('latin1');
    wake?.();
  });
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => {
      isClosed = true;
      wake?.();
      resolve();
    });
  });
  const client: SmtpClient = {
    write: (data) => void socket.write(data),
    async reply() {
      for (;;) {
        const found = /^(?:\d{3}-.*\r\n)*\d{3} .*\r\n/.exec(heard);
        if (found) {
          heard = heard.slice(found[0].length);
          return found[0].trimEnd();
        }
        if (isClosed) throw new Error('the connection ended');
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    say(line) {
      socket.write(`${line}\r\n`);
      return client.reply();
    },
    async deliver(from, to, mail) {
      for (const line of [`MAIL FROM:<${from}>`, ...to.map((one) => `RCPT TO:<${one}>`), 'DATA']) {
        const reply = await client.say(line);
        if (/^[45]/.test(reply)) return reply;
      }
      // In one piece: two would wait for each other (Nagle and delayed acknowledgement, 40 ms).
      socket.write(Buffer.concat([stuffed(mail), Buffer.from('.\r\n')]));
      return client.reply();
    },
    closed,
    end: () => socket.destroy(),
  };
  await client.reply();
  await client.say('EHLO client.test');
  return client;
}

function stuffed(mail: string | Buffer): Buffer {
  const text = Buffer.isBuffer(mail) ? mail.toString('latin1') : Buffer.from(mail).toString('latin1');
  const lines = text.replace(/\r?\n/g, '\r\n').replace(/^\./gm, '..');
  return Buffer.from(lines.endsWith('\r\n') ? lines : `${lines}\r\n`, 'latin1');
}
