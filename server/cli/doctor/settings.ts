import { type ConfigError, readSoundSettings, type Setting, settings, shown } from '../../platform/config/config.ts';
import { certificateEnd } from '../../platform/config/config-files.ts';
import { type Checks, type Finding, note, ok, wrong } from './finding.ts';

/** Every setting with its value, which are wrong, which look like a slip of the pen. */
export const settingsChecks: Checks = async (config) => {
  const findings = settings.map(look(readSoundSettings().wrong));
  if (config.smtpCertificate) findings.push(...certificateAge(config.smtpCertificate));
  const known = new Set(settings.map(({ name }) => name));
  const ours = new Set(['NAHBAR_LAUNCHED', 'NAHBAR_API', 'NAHBAR_TEST_DATA', 'NAHBAR_TEST_DATABASE_URL']);
  for (const name of Object.keys(process.env).filter((key) => key.startsWith('NAHBAR_') && !known.has(key) && !ours.has(key))) {
    findings.push(note(`${name} is set, but there is no such setting`, 'See docs/operations.md for those there are.'));
  }
  if (config.databaseUrl && !config.secret) {
    findings.push(
      note(
        'DATABASE_URL is set and NAHBAR_SECRET is not',
        'With more than one machine set the same NAHBAR_SECRET on all; otherwise they can not read each other’s sealed values.',
      ),
    );
  }
  const isLocal = /^http:\/\/(localhost|127\.|\[::1\])/.test(config.publicUrl);
  if (!isLocal && config.publicUrl.startsWith('http:')) {
    findings.push(
      wrong(`PUBLIC_URL is ${config.publicUrl}, without encryption`, 'Put a reverse proxy with a certificate in front and use https://.'),
    );
  }
  return findings;
};

function look(error: ConfigError | undefined): (setting: Setting) => Finding {
  return (setting) => {
    const { name, fallback } = setting;
    const value = process.env[name]?.trim();
    const problem = error?.problems[error.names.indexOf(name)];
    const otherwise = fallback === '' ? 'without it' : `with the default, ${fallback}`;
    if (problem) return wrong(problem, `Correct it, or unset ${name}; everything below is looked at ${otherwise}.`);
    return ok(`${name} = ${shown(setting, value || fallback)}${value || fallback === '' ? '' : ' (default)'}`);
  };
}

function certificateAge(file: string): Finding[] {
  const end = certificateEnd(file);
  const days = Math.floor((end.getTime() - Date.now()) / 86_400_000);
  const what = `the certificate in SMTP_CERTIFICATE ${days < 0 ? 'ended' : 'ends'} on ${end.toISOString().slice(0, 10)}`;
  const todo = 'Put a new one in its place and start Nahbar again.';
  if (days < 0) return [wrong(what, todo)];
  return [days < 14 ? note(what, todo) : ok(what)];
}
