import fs from 'node:fs';
import net from 'node:net';
import { holdersOf } from '../../platform/database/embedded/embedded.ts';
import { type Place, placeFault, placesOf } from '../../platform/house/listening.ts';
import { type Checks, type Finding, ok, reason, wrong } from './finding.ts';

/** Whether our ports are free or ours, and the mail server can be reached. */
export const networkChecks: Checks = async (config) => {
  const running = !config.databaseUrl && fs.existsSync(config.data) && (await holdersOf(config.data)).some(({ role }) => role === 'server');
  const findings = await Promise.all(placesOf(config).map((place) => placeCheck(place, running)));
  if (config.smtpUrl) findings.push(await mailCheck(config.smtpUrl));
  return findings;
};

async function placeCheck(place: Place, running: boolean): Promise<Finding> {
  const where = `${place.portSetting} ${place.port} on ${place.host}`;
  const fault = await placeFault(place);
  if (!fault) return ok(`${where} is free`);
  if (fault.code === 'EADDRINUSE' && running) return ok(`${where} is in use, by the running Nahbar as it seems`);
  return wrong(fault.what, fault.todo);
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
