import { type Db, sql } from '../../../platform/database/sql.ts';

/** What holds for the whole company. */
export interface CompanySettings {
  name: string;
  locale: 'de' | 'en';
  /** Filled with invented people and customers. */
  demo: boolean;
  /** Web addresses that people enter (webhooks, token servers of accounts) may lie inside the company's own network. */
  privateAddresses: boolean;
  /** Answers carry a link to the customer's own page about the concern. */
  customerPage: boolean;
  /** Whom one turns to with a barrier or a question; shown to everybody. */
  contact: string;
}

const defaults: CompanySettings = { name: '', locale: 'de', demo: false, privateAddresses: false, customerPage: true, contact: '' };

export async function companySettings(db: Db): Promise<CompanySettings> {
  const row = await db.maybe<{ value: Partial<CompanySettings> }>(sql`select value from settings where key = 'company'`);
  return { ...defaults, ...row?.value };
}

export async function storeCompanySettings(db: Db, changes: Partial<CompanySettings>): Promise<void> {
  await db.exec(sql`insert into settings (key, value) values ('company', ${sql.json(changes)})
    on conflict (key) do update set value = settings.value || excluded.value`);
}
