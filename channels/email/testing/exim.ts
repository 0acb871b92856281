import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { freePorts, waitForPort } from './ports.ts';
import { type ServerProcess, startProcess } from './server-folder.ts';

/** A running Exim: takes mail on loopback, delivers the test domains to Dovecot or to an SMTP port, and bounces what is refused. */
export interface Exim {
  /** SMTP with STARTTLS and AUTH. */
  port: number;
  user: string;
  password: string;
  log(): string;
  stop(): Promise<void>;
}

const cache = path.join(import.meta.dirname, '../../../node_modules/.cache/mail-servers');

/** The program and what it needs: unpacked by install.sh, or installed on the machine. */
export function findExim(): { program: string; libraries: string | undefined } | undefined {
  if (!isKnownUser('Debian-exim') || process.getuid?.() !== 0) return undefined;
  const unpacked = path.join(cache, 'usr/sbin/exim4');
  if (fs.existsSync(unpacked)) {
    const folders = fs.existsSync(path.join(cache, 'usr/lib')) ? fs.readdirSync(path.join(cache, 'usr/lib')) : [];
    const libraries = folders
      .map((name) => path.join(cache, 'usr/lib', name))
      .find((name) => fs.existsSync(path.join(name, 'libidn.so.12')));
    return { program: unpacked, libraries };
  }
  return fs.existsSync('/usr/sbin/exim4') ? { program: '/usr/sbin/exim4', libraries: undefined } : undefined;
}

/** `routes` says which port serves a domain, by LMTP (Dovecot) or SMTP (our own door); every other domain is unknown and bounces. */
export async function startExim(
  folder: string,
  certificate: { certificate: string; key: string },
  routes: Record<string, { port: number; protocol: 'lmtp' | 'smtp' }>,
): Promise<Exim> {
  const found = findExim();
  if (!found) throw new Error('Exim is missing: run channels/email/testing/install.sh as root.');
  const [port = 0] = await freePorts(1);
  const spool = path.join(folder, 'exim');
  fs.mkdirSync(spool, { recursive: true });
  // Exim runs itself again for bounces and forgets where its libraries lie.
  const program = path.join(folder, 'exim-with-libraries');
  const libraries = found.libraries ? `LD_LIBRARY_PATH='${found.libraries}' ` : '';
  fs.writeFileSync(program, `#!/bin/sh\n${libraries}exec '${found.program}' "$@"\n`, { mode: 0o755 });
  const file = path.join(folder, 'exim.conf');
  fs.writeFileSync(file, configuration({ spool, port, program, routes, ...certificate }));
  execFileSync('chown', ['-R', 'Debian-exim:Debian-exim', spool]);
  const log = () => readIf(path.join(spool, 'mainlog')) + readIf(path.join(spool, 'paniclog'));
  const running: ServerProcess = startProcess(folder, 'exim', program, ['-C', file, '-bdf', '-q5s']);
  await waitForPort(port, () => running.output() + log());
  return { port, user: 'nahbar', password: 'geheim', log, stop: () => running.stop() };
}

function configuration(at: {
  spool: string;
  port: number;
  program: string;
  routes: Record<string, { port: number; protocol: 'lmtp' | 'smtp' }>;
  certificate: string;
  key: string;
}): string {
  const entries = Object.entries(at.routes);
  return `
exim_path = ${at.program}
spool_directory = ${at.spool}
log_file_path = ${at.spool}/%slog
pid_file_path = ${at.spool}/exim.pid
primary_hostname = mail.test
qualify_domain = mail.test
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${at.port}
# Exim runs itself again for each delivery and would drop its rights for a configuration of our own: so it never has any.
deliver_drop_privilege = true
keep_environment =
tls_advertise_hosts = *
tls_certificate = ${at.certificate}
tls_privatekey = ${at.key}
auth_advertise_hosts = *
message_size_limit = 60M
# The default of ten would leave the eleventh mail of a connection to the queue runner.
smtp_accept_queue_per_connection = 0
smtp_accept_max = 100
smtp_accept_max_per_connection = 5000
queue_run_max = 5
bounce_return_size_limit = 20K
disable_ipv6 = true
host_lookup =
rfc1413_query_timeout = 0s
acl_smtp_rcpt = check_rcpt
acl_smtp_data = check_data
begin acl
check_rcpt:
  deny local_parts = refused
       message = 5.1.1 Unknown mailbox
  defer local_parts = greylisted
       message = 4.7.1 Please try again later
  accept
check_data:
  accept
begin routers
${entries
  .map(
    ([domain], index) => `
r${index}:
  driver = manualroute
  domains = ${domain}
  transport = t${index}
  route_list = * 127.0.0.1
  self = send
`,
  )
  .join('')}
begin transports
${entries
  .map(
    ([, route], index) => `
t${index}:
  driver = smtp
  port = ${route.port}
  protocol = ${route.protocol}
  allow_localhost
  hosts_try_fastopen =
  tls_tempfail_tryclear = true
  tls_verify_certificates = ${at.certificate}
  rcpt_include_affixes = true
  connection_max_messages = 500
`,
  )
  .join('')}
begin retry
* * F,1m,2s; F,1h,10s
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{$auth2}{nahbar}}{eq{$auth3}{geheim}}}}
  server_set_id = $auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = \${if and{{eq{$auth1}{nahbar}}{eq{$auth2}{geheim}}}}
  server_set_id = $auth1
`;
}

function readIf(file: string): string {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').slice(-4_000) : '';
}

function isKnownUser(name: string): boolean {
  return fs.existsSync('/etc/passwd') && fs.readFileSync('/etc/passwd', 'utf8').includes(`\n${name}:`);
}
