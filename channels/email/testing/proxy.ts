import net from 'node:net';

/** A wire that can be cut, held or slowed, between a client and a server on loopback. */
export interface Proxy {
  port: number;
  /** Connections open now. */
  open(): number;
  /** Connections ever made. */
  made(): number;
  /** Cuts every connection the hard way (RST), and refuses new ones until `mend`. */
  cut(): void;
  mend(): void;
  /** Bytes stop flowing in both directions, connections stay: what a dead NAT entry looks like. */
  hold(): void;
  /** Holds what the server says from now on; what the client says still arrives. */
  muffle(): void;
  release(): void;
  /** What the server answers takes this much longer. */
  delay(milliseconds: number): void;
  stop(): Promise<void>;
}

export async function startProxy(target: number): Promise<Proxy> {
  const sockets = new Set<net.Socket>();
  let made = 0;
  let isCut = false;
  let isHeld = false;
  let isMuffled = false;
  let milliseconds = 0;
  let held: (() => void)[] = [];
  const pass = (from: net.Socket, to: net.Socket, slow: boolean) => {
    from.on('data', (chunk) => {
      const write = () => void (to.destroyed || to.write(chunk));
      if (isHeld || (isMuffled && slow)) held.push(write);
      else if (slow && milliseconds > 0) setTimeout(write, milliseconds);
      else write();
    });
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  };
  const server = net.createServer((client) => {
    if (isCut) return void client.resetAndDestroy();
    made += 1;
    const upstream = net.connect(target, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
    pass(client, upstream, false);
    pass(upstream, client, true);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cutAll = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: (server.address() as net.AddressInfo).port,
    open: () => sockets.size / 2,
    made: () => made,
    cut() {
      isCut = true;
      cutAll();
    },
    mend() {
      isCut = false;
    },
    hold() {
      isHeld = true;
    },
    muffle() {
      isMuffled = true;
    },
    release() {
      isHeld = false;
      isMuffled = false;
      const waiting = held;
      held = [];
      for (const write of waiting) write();
    },
    delay(value) {
      milliseconds = value;
    },
    async stop() {
      cutAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
