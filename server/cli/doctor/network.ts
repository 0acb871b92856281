import net from 'node:net';
import { holdersOf } from '../../platform/database/embedded.ts';
import fs from 'node:fs';
import { type Checks, type Finding, ok, reason, wrong } from './finding.ts';

/** Whether our ports are free or ours, and the mail server can be reached. */
export const networkChecks: Checks = async (config) => {
  const running = !config.databaseUrl && fs.existsSync(config.data) && (await holdersOf(config.data)).some(({ role }) => role === 'server');
  const findings = [
    await portCheck('PORT', config.host, config.port, running),
    await portCheck('SMTP_PORT', config.smtpHost, config.smtpPort, running),
  ];
  if (config.smtpUrl) findings.push(await mailCheck(config.smtpUrl));
  return findings;
};

async function portCheck(setting: string, host: string, port: number, running: boolean): Promise<Finding> {
  const where = `${setting} ${port} on ${host}`;
  const error = await listenError(host, port);
  if (!error) return ok(`${where} is free`);
  if (error === 'EADDRINUSE' && running) return ok(`${where} is in use, by the running Nahbar as it seems`);
  if (error === 'EADDRINUSE') return wrong(`${where} is taken by another program`, `Stop that program or choose another ${setting}.`);
  if (error === 'EACCES')
    return wrong(`${where} needs rights this account does not have`, 'Choose a port above 1023 and let a proxy pass the traffic on.');
  return wrong(`${where} can not be listened on (${error})`, 'Check the address: it must belong to this machine.');
}

function listenError(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

async function mailCheck(address: string): Promise<Finding> {
  const url = new URL(address);
  const port = Number(url.port) || (url.protocol === 'smtps:' ? 465 : 587);
  try {
    await connects(url.hostname, port);
    return ok(`SMTP_URL: ${url.hostname}:${port} answers`);
  } catch (error) {
    return wrong(
      `SMTP_URL: ${url.hostname}:${port} does not answer (${reason(error)})`,
      'Check name, port and firewall; until then invitations, new passwords and answers of accounts that use it wait.',
    );
  }
}

function connects(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host, port, timeout: 5_000 }, () => resolve());
    socket.once('timeout', () => socket.destroy(new Error('no answer within 5 s')));
    socket.once('error', reject);
    socket.once('connect', () => socket.destroy());
  });
}
