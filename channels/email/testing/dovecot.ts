import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { freePorts, waitForPort } from './ports.ts';
import { type ServerProcess, startProcess } from './server-folder.ts';

/** A running Dovecot. Every user exists, with one password; mailboxes come into being at first use. */
export interface Dovecot {
  /** IMAP with STARTTLS. */
  imapPort: number;
  /** IMAP within TLS. */
  imapsPort: number;
  lmtpPort: number;
  password: string;
  /** Maildir of a user. */
  mailFolder(user: string): string;
  /** Gives a mailbox a new UIDVALIDITY, as after a restore: Dovecot's own list of UIDs is taken away. */
  renumber(user: string): Promise<void>;
  stop(): Promise<void>;
  /** Starts again on the same ports after `stop`. */
  start(): Promise<void>;
}

const password = 'geheim';
const library = '/usr/lib/dovecot';

export function hasDovecot(): boolean {
  return fs.existsSync('/usr/sbin/dovecot') && fs.existsSync(`${library}/lmtp`) && fs.existsSync(`${library}/imap`);
}

/** `introspectionUrl` answers whether an OAuth token is good (RFC 7662). */
export async function startDovecot(
  folder: string,
  certificate: { certificate: string; key: string },
  introspectionUrl: string,
): Promise<Dovecot> {
  const [imapPort = 0, imapsPort = 0, lmtpPort = 0] = await freePorts(3);
  const home = path.join(folder, 'mail');
  fs.mkdirSync(home, { mode: 0o777, recursive: true });
  fs.chmodSync(home, 0o777);
  const oauth = path.join(folder, 'dovecot-oauth2.conf');
  // Microsoft and Google look into the token themselves; here an endpoint of the test does.
  fs.writeFileSync(
    oauth,
    `introspection_url = ${introspectionUrl}\nintrospection_mode = post\nforce_introspection = yes\nusername_attribute = email\nactive_attribute = active\nactive_value = true\n`,
  );
  const file = path.join(folder, 'dovecot.conf');
  fs.writeFileSync(file, configuration({ folder, home, oauth, imapPort, imapsPort, lmtpPort, ...certificate }));
  let running: ServerProcess | undefined;
  const start = async () => {
    running = startProcess(folder, 'dovecot', '/usr/sbin/dovecot', ['-F', '-c', file]);
    const why = () => `${running?.output() ?? ''}${readLog(folder)}`;
    await Promise.all([imapPort, imapsPort, lmtpPort].map((port) => waitForPort(port, why)));
  };
  await start();
  return {
    imapPort,
    imapsPort,
    lmtpPort,
    password,
    mailFolder: (user) => path.join(home, user, 'Maildir'),
    async renumber(user) {
      const maildir = path.join(home, user, 'Maildir');
      // UIDVALIDITY is made from the clock's seconds: within the same second it would stay.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      for (const name of fs.readdirSync(maildir)) if (/^dovecot[.-]/.test(name)) fs.rmSync(path.join(maildir, name), { recursive: true });
    },
    async stop() {
      await running?.stop();
      running = undefined;
      killOrphans(folder);
    },
    start,
  };
}

function configuration(at: {
  folder: string;
  home: string;
  oauth: string;
  certificate: string;
  key: string;
  imapPort: number;
  imapsPort: number;
  lmtpPort: number;
}): string {
  const isRoot = process.getuid?.() === 0;
  const self = isRoot ? undefined : execFileSync('id', ['-un'], { encoding: 'utf8' }).trim();
  const [login, internal] = self ? [self, self] : ['dovenull', 'dovecot'];
  const [uid, gid] = isRoot ? ['mail', 'mail'] : [String(process.getuid?.()), String(process.getgid?.())];
  return `
protocols = imap lmtp
listen = 127.0.0.1
base_dir = ${at.folder}/run
state_dir = ${at.folder}/state
log_path = ${at.folder}/dovecot.log
default_login_user = ${login}
default_internal_user = ${internal}
default_internal_group = ${isRoot ? 'dovecot' : gid}
first_valid_uid = 1
mail_location = maildir:~/Maildir
ssl = yes
ssl_cert = <${at.certificate}
ssl_key = <${at.key}
# A refusal is told at once; the two seconds of the default would be the tests' time.
auth_failure_delay = 0
auth_mechanisms = plain login xoauth2 oauthbearer
mail_max_userip_connections = 200
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${at.oauth}
}
# Without this limit the static password database takes the token for a password.
passdb {
  driver = static
  mechanisms = plain login
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${at.home}/%u allow_all_users=yes
}
namespace inbox {
  inbox = yes
  mailbox Sent {
    special_use = \\Sent
    auto = create
  }
  mailbox Junk {
    special_use = \\Junk
    auto = create
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${at.imapPort}
  }
  inet_listener imaps {
    port = ${at.imapsPort}
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${at.lmtpPort}
  }
}
service anvil {
  chroot =
  # Failed sign-ins of one address slow down all others from it, and every test is the same address.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
protocol lmtp {
  auth_username_format = %Lu
}
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
`;
}

function readLog(folder: string): string {
  const file = path.join(folder, 'dovecot.log');
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').slice(-2_000) : '';
}

/** Workers of a killed master live on for a while and hold the ports. They are known by the socket folder they stand in. */
function killOrphans(folder: string): void {
  for (const name of fs.readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      if (fs.readlinkSync(`/proc/${name}/cwd`).startsWith(`${folder}/run`)) process.kill(Number(name), 'SIGKILL');
    } catch {
      // Not ours, or gone.
    }
  }
}
