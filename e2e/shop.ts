import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { channelsEndpoints } from '../contract/channels.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { caller, cast, password } from './company.ts';

/** A shop of the company's own on another origin, under the strictest policy the chat's instructions allow. */
export interface Shop {
  origin: string;
  accountId: string;
}

interface Given {
  /** Attributes of the tag, beside source and account. */
  tag?: string;
  lang?: string;
  /** What the page's own script does before the chat's runs; served by the shop, for the policy allows nothing inline. */
  script?: string;
  style?: string;
  settings?: Record<string, unknown>;
}

/** Opens a shop for one test, and an account for it. */
export async function openShop(base: string, given: Given = {}): Promise<Shop> {
  let page = '';
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${base}`,
    `connect-src ${base} ${base.replace(/^http/, 'ws')}`,
    "style-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
  const server: Server = createServer((request, response) => {
    const kinds: Record<string, [string, string]> = {
      '/shop.js': ['text/javascript', given.script ?? ''],
      '/shop.css': ['text/css', given.style ?? ''],
    };
    const [type, content] = kinds[request.url ?? ''] ?? ['text/html; charset=utf-8', page];
    response
      .writeHead(request.url === '/favicon.ico' ? 204 : 200, { 'content-type': type, 'content-security-policy': policy })
      .end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const accountId = await createChat(base, origin, given.settings);
  page = `<!doctype html><html lang="${given.lang ?? 'de'}"><head><title>Shop</title><meta name="viewport" content="width=device-width">
    <link rel="stylesheet" href="/shop.css"><script src="/shop.js"></script>
    <script src="${base}/embed/chat/chat.js" data-account="${accountId}" ${given.tag ?? ''} defer></script></head>
    <body><main><h1>Shop</h1><p>Ein Text</p><button type="button">Kaufen</button></main></body></html>`;
  return { origin, accountId };
}

async function createChat(base: string, origin: string, settings: Record<string, unknown> = {}): Promise<string> {
  const call = caller(base);
  await call(workspaceEndpoints.signIn, { email: cast.kim.email, password });
  const team = (await call(workspaceEndpoints.listTeams, {})).items[0];
  const { account } = await call(channelsEndpoints.createAccount, {
    channel: 'chat',
    name: 'Haus & Heim',
    address: `shop-${new URL(origin).port}.example`,
    teamId: team?.id ?? null,
    settings: { origins: [origin], mailAfterMinutes: 1, ...settings },
  });
  return account.id;
}
