import { spawnSync } from 'node:child_process';
import net from 'node:net';

/** Where a process lives as far as the network is concerned. */
export interface Place {
  /** The address it listens on and is reached at. */
  host: string;
  /** Where it finds the database. */
  database: { host: string; port: number };
  /** How a program is started there. */
  command(program: string, args: string[]): [string, string[]];
  /** Nothing passes from here on, in either direction, and nobody is told. */
  cut(): void;
  mend(): void;
}

export interface Network {
  kind: 'namespaces' | 'proxy' | 'direct';
  /** Addresses the database listens on. */
  databaseHosts: string[];
  /** Whose connections it takes without a password. */
  trusted: string;
  /** Where everybody finds what runs beside the processes. */
  mailHost: string;
  place(n: number): Promise<Place>;
  close(): Promise<void>;
}

const ip = (...args: string[]): boolean => spawnSync('ip', args, { stdio: 'ignore' }).status === 0;

/**
 * A namespace for each process where this machine lets us make them; else one proxy for each before the database. `direct` for those who measure and cut
 * nothing.
 */
export async function openNetwork(databasePort: number, wanted?: Network['kind']): Promise<Network> {
  if (wanted === 'direct') return directTo(databasePort);
  return (wanted === 'proxy' ? undefined : openNamespaces(databasePort)) ?? openProxies(databasePort);
}

function openNamespaces(databasePort: number): Network | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const [a, b] = [100 + (process.pid % 100), (process.pid >> 7) % 250];
  const name = `nbt${process.pid}`;
  const subnet = `10.${a}.${b}`;
  const made: string[] = [];
  const close = () => {
    for (const space of made) ip('netns', 'del', space);
    ip('link', 'del', name);
  };
  const works =
    ip('link', 'add', name, 'type', 'bridge') &&
    ip('addr', 'add', `${subnet}.1/24`, 'dev', name) &&
    ip('link', 'set', name, 'up') &&
    ip('netns', 'add', `${name}-x`) &&
    ip('netns', 'del', `${name}-x`);
  if (!works) {
    close();
    return undefined;
  }
  const host = `${subnet}.1`;
  return {
    kind: 'namespaces',
    databaseHosts: ['127.0.0.1', host],
    trusted: `${subnet}.0/24`,
    mailHost: host,
    place(n) {
      const space = `${name}-${n}`;
      const [outer, inner] = [`${name}v${n}`, `${name}w${n}`];
      made.push(space);
      const steps = [
        ['netns', 'add', space],
        ['link', 'add', outer, 'type', 'veth', 'peer', 'name', inner],
        ['link', 'set', inner, 'netns', space],
        ['link', 'set', outer, 'master', name],
        ['link', 'set', outer, 'up'],
        ['-n', space, 'addr', 'add', `${subnet}.${10 + n}/24`, 'dev', inner],
        ['-n', space, 'link', 'set', inner, 'up'],
        ['-n', space, 'link', 'set', 'lo', 'up'],
      ];
      for (const step of steps) if (!ip(...step)) throw new Error(`No namespace could be made: ip ${step.join(' ')}`);
      return Promise.resolve({
        host: `${subnet}.${10 + n}`,
        database: { host, port: databasePort },
        command: (program: string, args: string[]): [string, string[]] => ['ip', ['netns', 'exec', space, program, ...args]],
        cut: () => void ip('link', 'set', outer, 'nomaster'),
        mend: () => void ip('link', 'set', outer, 'master', name),
      });
    },
    close() {
      close();
      return Promise.resolve();
    },
  };
}

function directTo(port: number): Network {
  const host = '127.0.0.1';
  const impossible = () => {
    throw new Error('There is no network between them that could be cut.');
  };
  return {
    kind: 'direct',
    databaseHosts: [host],
    trusted: `${host}/32`,
    mailHost: host,
    place: () =>
      Promise.resolve({
        host,
        database: { host, port },
        command: (program: string, args: string[]): [string, string[]] => [program, args],
        cut: impossible,
        mend: impossible,
      }),
    close: () => Promise.resolve(),
  };
}

function openProxies(databasePort: number): Network {
  const closers: (() => void)[] = [];
  return {
    kind: 'proxy',
    databaseHosts: ['127.0.0.1'],
    trusted: '127.0.0.1/32',
    mailHost: '127.0.0.1',
    async place() {
      const proxy = await startProxy(databasePort);
      closers.push(proxy.stop);
      return {
        host: '127.0.0.1',
        database: { host: '127.0.0.1', port: proxy.port },
        command: (program: string, args: string[]): [string, string[]] => [program, args],
        cut: () => proxy.hold(true),
        mend: () => proxy.hold(false),
      };
    },
    close() {
      for (const stop of closers) stop();
      return Promise.resolve();
    },
  };
}

/** Bytes on one wire; held, they wait on both sides as in a network that drops everything, and go on when it is mended. */
async function startProxy(port: number): Promise<{ port: number; hold(is: boolean): void; stop(): void }> {
  const sockets = new Set<net.Socket>();
  let held = false;
  const server = net.createServer((near) => {
    const far = net.connect(port, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      if (held) one.pause();
      one.on('data', (chunk) => {
        other.write(chunk);
      });
      one.on('error', () => {});
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    hold(is) {
      held = is;
      for (const socket of sockets)
        if (is) socket.pause();
        else socket.resume();
    },
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
