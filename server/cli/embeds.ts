import fs from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'vite';

const repository = path.join(import.meta.dirname, '../..');

/** What channels give to the pages of others: each `channels/<name>/embed/<file>.ts` becomes one script that needs nothing beside it. */
export const embedEntries = (): { channel: string; file: string; entry: string }[] =>
  namesIn('channels').flatMap((channel) =>
    namesIn(path.join('channels', channel, 'embed'))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => ({
        channel,
        file: `${path.basename(name, '.ts')}.js`,
        entry: path.join(repository, 'channels', channel, 'embed', name),
      })),
  );

function namesIn(folder: string): string[] {
  const full = path.join(repository, folder);
  return fs.existsSync(full) ? fs.readdirSync(full).toSorted() : [];
}

/** Builds them into `<folder>/<channel>/<file>.js`, compressed beside it as the server gives it out. */
export async function buildEmbeds(folder: string): Promise<void> {
  for (const { channel, file, entry } of embedEntries()) {
    const text = await builtEmbed(entry);
    const target = path.join(folder, channel, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
    fs.writeFileSync(`${target}.gz`, gzipSync(text, { level: 9 }));
    fs.writeFileSync(`${target}.br`, brotliCompressSync(text));
  }
}

/** One entry as the script that pages load. */
export async function builtEmbed(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    root: repository,
    logLevel: 'error',
    publicDir: false,
    build: { write: false, target: 'es2022', lib: { entry, formats: ['iife'], name: 'embed', fileName: () => 'embed.js' } },
  });
  const [output] = Array.isArray(result) ? result : [result];
  const chunk = output && 'output' in output ? output.output.find((one) => one.type === 'chunk') : undefined;
  if (chunk?.type !== 'chunk') throw new Error(`${entry} became no script`);
  return chunk.code;
}
