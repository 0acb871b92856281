import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** The OAuth side of Microsoft 365 or Gmail: hands out access tokens for a refresh token and tells Dovecot which are good. */
export interface TokenServer {
  tokenUrl: string;
  introspectionUrl: string;
  /** How often a refresh token was exchanged. */
  exchanges(): number;
  /** Makes every token handed out so far worthless; the refresh token stays good. */
  expireAccess(): void;
  /** The person took the consent back: the refresh token is refused with `invalid_grant`. */
  revoke(): void;
  refreshToken: string;
  stop(): Promise<void>;
}

export async function startTokenServer(email: string): Promise<TokenServer> {
  const good = new Set<string>();
  let count = 0;
  let isRevoked = false;
  const refreshToken = 'refresh-1';
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const fields = new URLSearchParams(body);
      const answer = (status: number, data: unknown) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(data));
      };
      if (request.url === '/token') {
        const mayHave = fields.get('grant_type') === 'refresh_token' && fields.get('refresh_token') === refreshToken && !isRevoked;
        if (!mayHave) return answer(400, { error: 'invalid_grant', error_description: 'The consent was withdrawn.' });
        count += 1;
        const token = `access-${count}`;
        good.add(token);
        return answer(200, { token_type: 'Bearer', access_token: token, expires_in: 3600 });
      }
      // Dovecot posts the token as a form field.
      const token = fields.get('token') ?? '';
      return answer(200, good.has(token) ? { active: true, email } : { active: false });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    tokenUrl: `${base}/token`,
    introspectionUrl: `${base}/introspect`,
    exchanges: () => count,
    expireAccess: () => good.clear(),
    revoke: () => {
      isRevoked = true;
      good.clear();
    },
    refreshToken,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
