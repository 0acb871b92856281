import { existsSync } from 'node:fs';
import { order } from '../../server/modules/order.ts';
import type { PersonalColumn, PersonalDataRegister } from '../../server/platform/personal-data.ts';
import { code, codes, table } from './table.ts';

const grounds: Record<PersonalColumn['basis'], string> = {
  contract: 'contract, Art. 6(1)(b)',
  legal_duty: 'legal duty, Art. 6(1)(c)',
  legitimate_interest: 'legitimate interest, Art. 6(1)(f)',
  consent: 'consent, Art. 6(1)(a)',
  employment: 'employment, § 26 BDSG',
};

const periods: Record<PersonalColumn['retention'], string> = {
  profile: 'as long as the customer exists',
  trade_letter: 'six years from the end of the year (§ 257 HGB)',
  voucher: 'eight years from the end of the year (§ 147 AO)',
  service_message: 'three years after the case ends (§ 195 BGB)',
  metadata: 'twelve months',
  recording: 'ninety days',
  draft: 'thirty days',
  consent_proof: 'three years after the consent ended',
  audit: 'three years',
  employment: 'as long as the person works here',
  technical: 'hours to days, removed by the program',
};

/** The register of each room, and that of the platform. */
async function registers(): Promise<{ of: string; register: PersonalDataRegister }[]> {
  const found: { of: string; register: PersonalDataRegister }[] = [];
  for (const of of ['platform', ...order]) {
    const file = new URL(
      of === 'platform' ? '../../server/platform/platform-data.ts' : `../../server/modules/${of}/personal-data.ts`,
      import.meta.url,
    );
    if (existsSync(file)) found.push({ of, register: ((await import(file.href)) as { personalData: PersonalDataRegister }).personalData });
  }
  return found;
}

/** Columns for the same purpose share a line. */
function rowsOf(name: string, personal: Record<string, PersonalColumn>): string[][] {
  const byFacts = Map.groupBy(Object.entries(personal), ([, facts]) => JSON.stringify(facts));
  return [...byFacts.values()].map((columns) => {
    const facts = columns[0]?.[1] as PersonalColumn;
    return [code(name), codes(columns.map(([column]) => column)), facts.purpose, grounds[facts.basis], periods[facts.retention]];
  });
}

export async function personalDataPage(): Promise<string> {
  const parts = (await registers()).map(({ of, register }) => {
    const rows = Object.entries(register).flatMap(([name, { personal }]) => rowsOf(name, personal));
    const none = Object.entries(register).filter(([, { personal }]) => Object.keys(personal).length === 0);
    const without = none.length > 0 ? `\nWithout personal data: ${codes(none.map(([name]) => name))}.\n` : '';
    return `## ${of}\n\n${table(['table', 'columns', 'what for', 'ground', 'kept'], rows)}\n${without}`;
  });
  return `# Personal data

Generated from the rooms' \`personal-data.ts\` (\`UPDATE_DOCS=1 npm test tests/generated\`): for every column that tells something of a person what it is for,
on what ground, and how long it is kept (Art. 5, 6 and 30 GDPR). A column in no register fails \`tests/personal-data.test.ts\`. It is the basis of your own
record of processing activities; the periods are the law's longest or the shortest that serve, and yours to shorten.

Where the program does not remove by itself yet, the period says when you should (see "Data protection" in \`docs/operations.md\`).

${parts.join('\n')}`;
}
