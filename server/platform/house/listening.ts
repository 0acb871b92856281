import net from 'node:net';
import { type Config, ConfigError } from '../config/config.ts';

/** Why a place can't be listened on, and what to do. */
export interface PlaceFault {
  setting: string;
  code: string;
  what: string;
  todo: string;
}

export interface Place {
  portSetting: string;
  hostSetting: string;
  host: string;
  port: number;
}

/** Where a process listens, by what it does. */
export function placesOf({ process: role, host, port, smtpHost, smtpPort }: Config): Place[] {
  return [
    ...(role === 'worker' ? [] : [{ portSetting: 'PORT', hostSetting: 'HOST', host, port }]),
    ...(role === 'web' ? [] : [{ portSetting: 'SMTP_PORT', hostSetting: 'SMTP_HOST', host: smtpHost, port: smtpPort }]),
  ];
}

/**
 * Tries every place a process will listen on. Throws ConfigError, which says of each that can't be had why, and what to do: the mail receiver
 * opens in the background and repeats it for ever, so a wrong setting would otherwise only be a line in the log.
 */
export async function checkPlaces(config: Config): Promise<void> {
  const faults: PlaceFault[] = [];
  const places = placesOf(config);
  const [web, mail] = places;
  if (web && mail && web.port !== 0 && web.port === mail.port && web.host === mail.host)
    faults.push({
      setting: 'SMTP_PORT',
      code: 'EADDRINUSE',
      what: `SMTP_PORT and PORT are both ${web.port}`,
      todo: 'Choose another SMTP_PORT.',
    });
  for (const place of places) {
    const fault = await placeFault(place);
    if (fault) faults.push(fault);
  }
  if (faults.length > 0)
    throw new ConfigError(
      faults.map(({ what, todo }) => `${what}. ${todo}`),
      faults.map(({ setting }) => setting),
    );
}

export async function placeFault(place: Place): Promise<PlaceFault | undefined> {
  const { portSetting, hostSetting, host, port } = place;
  const code = await listenError(host, port);
  const where = `${portSetting} ${port} on ${host}`;
  const own = `Set ${hostSetting} to an address of this machine: 127.0.0.1 for itself alone, 0.0.0.0 for everybody who reaches it.`;
  switch (code) {
    case undefined:
      return undefined;
    case 'EADDRINUSE':
      return {
        setting: portSetting,
        code,
        what: `${where} is taken by another program`,
        todo: `Stop that program or choose another ${portSetting}.`,
      };
    case 'EACCES':
      return {
        setting: portSetting,
        code,
        what: `${where} needs rights this account does not have`,
        todo: 'Choose a port above 1023 and let a proxy pass the traffic on.',
      };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { setting: hostSetting, code, what: `${hostSetting} is "${host}", but no machine of that name is known (${code})`, todo: own };
    case 'EADDRNOTAVAIL':
      return { setting: hostSetting, code, what: `${hostSetting} is "${host}", but that is no address of this machine`, todo: own };
    default:
      return { setting: hostSetting, code, what: `${where} can not be listened on (${code})`, todo: own };
  }
}

function listenError(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}
