import { ImapFlow } from 'imapflow';
import { type Access, accessToken } from '../access/oauth.ts';
import { isLoopback, type MailServer } from '../access/servers.ts';

export interface ClientTimes {
  connectMilliseconds: number;
  /** Silence after which a NOOP asks whether the server is still there; as much again, and the connection is given up. */
  silenceMilliseconds: number;
}

/** Connects and signs in. An access token that is refused is renewed once. `onError` hears of a connection that breaks later. */
export async function openMailbox(
  server: MailServer,
  access: Access | undefined,
  times: ClientTimes,
  onError: (error: unknown) => void,
): Promise<ImapFlow> {
  for (const renew of [false, true]) {
    const auth = access
      ? { user: server.user, accessToken: await accessToken(access, renew) }
      : { user: server.user, pass: server.password };
    const client = new ImapFlow({
      host: server.host,
      port: server.port,
      secure: server.security === 'tls',
      // Undefined takes STARTTLS when it is offered; on the machine itself that will do.
      ...(server.security === 'none' ? { doSTARTTLS: false } : {}),
      ...(server.security === 'starttls' && !isLoopback(server.host) ? { doSTARTTLS: true } : {}),
      auth,
      tls: {
        minVersion: 'TLSv1.2',
        ...(server.certificateAuthority ? { ca: server.certificateAuthority } : {}),
        ...(isLoopback(server.host) && !server.certificateAuthority ? { rejectUnauthorized: false } : {}),
      },
      clientInfo: { name: 'Nahbar' },
      logger: false,
      // After a NOOP that asked whether the server is there, back into IDLE.
      autoIdleDelay: Math.min(1_000, times.silenceMilliseconds / 3),
      // Plain commands only: compressed literals would be held twice.
      disableCompression: true,
      connectionTimeout: times.connectMilliseconds,
      greetingTimeout: times.connectMilliseconds,
      socketTimeout: times.silenceMilliseconds,
      maxLockHoldTime: false,
    });
    client.on('error', onError);
    try {
      await client.connect();
      return client;
    } catch (error) {
      client.close();
      const isRefused = (error as { authenticationFailed?: boolean }).authenticationFailed === true;
      if (!access || !isRefused || renew) throw error;
    }
  }
  throw new Error('not reached');
}
