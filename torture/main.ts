// `nahbar torture`, as a process of its own.
import { parseArgs } from 'node:util';
import { faults } from './faults.ts';
import { explore } from './model/explore.ts';
import { largeBounds, productRules } from './model/product.ts';
import { torture } from './run.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string' },
    network: { type: 'string' },
    list: { type: 'boolean' },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);
if (values.list) {
  for (const { name, about } of faults) say(`${name.padEnd(16)} ${about}`);
  process.exit(0);
}
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const wanted = values.only?.split(',');
const chosen = faults.filter(({ name }) => !wanted || wanted.includes(name));
const unknown = wanted?.filter((name) => name !== 'model' && !faults.some((fault) => fault.name === name)) ?? [];
if (unknown.length > 0) {
  say(`There is no fault "${unknown.join(', ')}"; there are: model, ${faults.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
const wrong = [...(!wanted || wanted.includes('model') ? exploreModel() : []), ...(chosen.length > 0 ? await tortureInstallation() : [])];
for (const one of wrong.slice(0, 40)) say(`WRONG  ${one}`);
if (wrong.length > 40) say(`… and ${wrong.length - 40} more.`);
say(
  wrong.length === 0
    ? 'Nothing lost, nothing doubled, no two holders, every screen as the database.'
    : `${wrong.length} violations with seed ${seed}.`,
);
process.exit(wrong.length === 0 ? 0 : 1);

function exploreModel(): string[] {
  const begun = performance.now();
  const { states, steps, violation } = explore(productRules, largeBounds);
  say(
    `Model of claim, send and hand-over: ${states} states, ${steps} steps, all of them, in ${((performance.now() - begun) / 1_000).toFixed(0)} s.`,
  );
  return violation ? [`in the model ${violation.what}: ${violation.way.join('; ')}`] : [];
}

async function tortureInstallation(): Promise<string[]> {
  say(`Seed ${seed}.`);
  const { violations, counts, recoveries, left } = await torture({
    seed,
    faults: chosen,
    say,
    ...(values.seconds ? { seconds: Number(values.seconds) } : {}),
    ...(values.network === 'proxy' ? { network: 'proxy' as const } : {}),
  });
  say(
    Object.entries(counts)
      .map(([what, count]) => `${count} ${what}`)
      .join(', '),
  );
  const worst = Math.max(0, ...recoveries.flatMap(({ silences }) => silences.map(({ given }) => given)));
  say(`Longest without a success of any kind after a fault: ${worst.toFixed(1)} s of those that the machine gave (at most 5).`);
  for (const one of left) say(`Left out: ${one}.`);
  return violations;
}
