import net from 'node:net';

/** A sending server that answers what a test wants, down to breaking off at any point. */
export interface ScriptedSmtp {
  port: number;
  /** What clients said, command by command; mails as one entry. */
  heard: string[];
  connections(): number;
  stop(): Promise<void>;
}

/** Reply to a command, to CONNECT, to MAIL (a whole mail) or to PART (a piece of one); `cut` breaks the connection instead, null is silence. Left out: the usual good answer. */
export type Answers = (said: string, connection: number) => string | null | undefined;

export async function scriptedSmtp(answers: Answers = () => undefined): Promise<ScriptedSmtp> {
  const heard: string[] = [];
  const sockets = new Set<net.Socket>();
  let made = 0;
  const server = net.createServer((socket) => {
    made += 1;
    const connection = made;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    let buffer = '';
    let inMail = false;
    const say = (said: string, usual: string) => {
      const answer = answers(said, connection);
      if (answer === 'cut') socket.resetAndDestroy();
      else if (answer !== null) socket.write(`${answer ?? usual}\r\n`);
    };
    say('CONNECT', '220 scripted.test ESMTP');
    socket.on('data', (chunk: Buffer) => {
      buffer += chunk.toString('latin1');
      for (;;) {
        const end = inMail ? '\r\n.\r\n' : '\r\n';
        const at = buffer.indexOf(end);
        if (at < 0) {
          if (inMail && answers('PART', connection) === 'cut') socket.resetAndDestroy();
          return;
        }
        const said = buffer.slice(0, at);
        buffer = buffer.slice(at + end.length);
        heard.push(said);
        if (inMail) {
          inMail = false;
          say('MAIL', '250 queued as 1');
          continue;
        }
        const verb = said.split(' ')[0]?.toUpperCase() ?? '';
        if (verb === 'DATA' && (answers(said, connection) ?? '354').startsWith('354')) inMail = true;
        if (verb === 'QUIT') {
          socket.end('221 bye\r\n');
          return;
        }
        say(
          said,
          verb === 'EHLO'
            ? '250-scripted.test\r\n250-AUTH PLAIN XOAUTH2\r\n250 SIZE 50000000'
            : verb === 'DATA'
              ? '354 go on'
              : verb === 'AUTH'
                ? '235 welcome'
                : '250 fine',
        );
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    heard,
    connections: () => made,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
