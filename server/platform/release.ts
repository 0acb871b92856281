import packageJson from '../../package.json' with { type: 'json' };

/** What this program is, as its package says. */
export const release = { version: packageJson.version, licence: packageJson.license };
