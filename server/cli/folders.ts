import { fileURLToPath } from 'node:url';

/** The folder of package.json, wherever the program is called from. */
export const repositoryFolder = fileURLToPath(new URL('../../', import.meta.url));
