import { ConfigError, readConfig, settings, shown } from '../../platform/config.ts';
import { type Checks, type Finding, note, ok, wrong } from './finding.ts';

/** Which settings are set, which are wrong, which look like a slip of the pen. */
export const settingsChecks: Checks = async (config) => {
  const findings: Finding[] = [];
  try {
    readConfig();
    const set = settings.filter(({ name }) => process.env[name]);
    findings.push(
      ok(
        `settings: ${set.length === 0 ? 'all at their defaults' : set.map((s) => `${s.name}=${shown(s, process.env[s.name] ?? '')}`).join(', ')}`,
      ),
    );
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) findings.push(wrong(problem, 'Correct it; the rest is looked at with the defaults.'));
  }
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
