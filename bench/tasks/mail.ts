import { connect } from 'node:net';
import { accountAddress, customerAddress, longEvery, teamCount } from '../corpus.ts';
import { chance, makePhrases, makeText } from '../words.ts';

/** What one run of mails said and heard. */
export interface Mailed {
  seconds: number;
  accepted: number;
  refused: number;
}

export interface MailInput {
  port: number;
  connections: number;
  count: number;
  /** Makes ids of this run differ from those of another. */
  run: string;
  /** Replies continue messages of ours: their Message-ID and who got them. */
  parents: { platformId: string; customer: number; team: number }[];
  customers: number;
}

/** Half of the mails answer a mail of ours, the other half begins something; a fifth of those come from people nobody knows. */
export async function mailTask(input: MailInput): Promise<Mailed> {
  const phrases = makePhrases(4_000);
  const next = chance(7 + input.run.length + input.run.charCodeAt(input.run.length - 1));
  const mails = Array.from({ length: input.count }, (_, n) => makeMail(input, n, makeText(phrases, next)));
  let at = 0;
  let accepted = 0;
  let refused = 0;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: input.connections }, async () => {
      const smtp = await openSmtp(input.port);
      while (at < mails.length) {
        const mail = mails[at] as ReturnType<typeof makeMail>;
        at += 1;
        if (await smtp.deliver(mail)) accepted += 1;
        else refused += 1;
      }
      smtp.end();
    }),
  );
  return { seconds: (performance.now() - begun) / 1_000, accepted, refused };
}

function makeMail({ run, parents, customers }: MailInput, n: number, text: string): { from: string; to: string; content: string } {
  const parent = n % 2 === 0 ? parents[(n / 2) % parents.length] : undefined;
  const from = parent
    ? customerAddress(parent.customer)
    : n % 10 === 1
      ? `neu-${run}-${n}@example.test`
      : customerAddress(1 + ((n * longEvery + n) % customers));
  const to = accountAddress(parent ? parent.team : 1 + (n % teamCount));
  const content = [
    `Received: from mx.example.test by bench.test; Sun, 22 Nov 2026 10:00:00 +0100`,
    `From: Kunde Nummer ${n} <${from}>`,
    `To: Service <${to}>`,
    `Subject: ${parent ? 'Re: ' : ''}${text.slice(0, 50)}`,
    `Message-ID: <${run}-${n}@example.test>`,
    ...(parent ? [`In-Reply-To: <${parent.platformId}>`, `References: <${parent.platformId}>`] : []),
    'Date: Sun, 22 Nov 2026 10:00:00 +0100',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    ...(text.match(/.{1,72}(?: |$)/g) ?? []),
    '',
  ].join('\r\n');
  return { from, to, content };
}

/** One SMTP session as a mail server holds it: commands in one go, the mail, the next mail. */
export async function openSmtp(port: number) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let text = '';
  let wake: (() => void) | undefined;
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    wake?.();
  });
  socket.on('error', () => wake?.());
  const reply = async (): Promise<string> => {
    for (;;) {
      const found = /^(?:\d{3}-[^\n]*\n)*(\d{3}) [^\n]*\n/.exec(text);
      if (found) {
        text = text.slice(found[0].length);
        return found[1] ?? '';
      }
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  await reply();
  socket.write('EHLO mx.example.test\r\n');
  await reply();
  return {
    async deliver({ from, to, content }: { from: string; to: string; content: string }): Promise<boolean> {
      socket.write(`MAIL FROM:<${from}>\r\nRCPT TO:<${to}>\r\nDATA\r\n`);
      await reply();
      await reply();
      if ((await reply()) !== '354') return false;
      socket.write(`${content}\r\n.\r\n`);
      return (await reply()) === '250';
    },
    end: () => socket.end('QUIT\r\n'),
  };
}
