import { connect } from 'node:net';

/** Hands one mail to an SMTP server the way mail servers do. Resolves with the server's last word; rejects when it refuses. */
export function deliver(
  at: { host: string; port: number },
  mail: { from: string; to: string; raw: Buffer },
  signal: AbortSignal,
): Promise<string> {
  const steps = [
    'EHLO kunden.example',
    `MAIL FROM:<${mail.from}>`,
    `RCPT TO:<${mail.to}>`,
    'DATA',
    Buffer.concat([
      Buffer.from(
        mail.raw
          .toString('latin1')
          .replace(/^\./gm, '..')
          .replace(/(?:\r\n)?$/, '\r\n.'),
        'latin1',
      ),
    ]),
    'QUIT',
  ];
  return new Promise((resolve, reject) => {
    const socket = connect({ ...at, noDelay: true, signal });
    let heard = '';
    let next = 0;
    let accepted = '';
    socket.setTimeout(20_000, () => socket.destroy(new Error('the mail receiver does not answer')));
    socket.on('error', reject);
    socket.on('close', () => (accepted ? resolve(accepted) : reject(new Error('the connection ended before the mail was taken'))));
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString('latin1');
      for (let reply = finalLine.exec(heard); reply; reply = finalLine.exec(heard)) {
        heard = heard.slice(reply.index + reply[0].length);
        const [line, code = ''] = reply;
        if (/^[45]/.test(code)) return socket.destroy(new Error(line.trim()));
        if (next === steps.length - 1) accepted = line.trim();
        const step = steps[next];
        next += 1;
        if (step === undefined) return socket.end();
        socket.write(typeof step === 'string' ? `${step}\r\n` : Buffer.concat([step, Buffer.from('\r\n')]));
      }
    });
  });
}

const finalLine = /^(\d{3}) .*\r\n/m;
