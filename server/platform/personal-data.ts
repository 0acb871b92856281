/**
 * The register of personal data (Art. 5, 6, 25 and 30 GDPR): for every column of every table what it is for, on what ground, and how long it is
 * kept. Each room writes down its own tables in `personal-data.ts`; `tests/personal-data.test.ts` fails for a column that is in no register.
 */
export type LegalBasis =
  /** Art. 6(1)(b): needed for the contract with the person, or at the person's request before one. */
  | 'contract'
  /** Art. 6(1)(c): a law demands it. */
  | 'legal_duty'
  /** Art. 6(1)(f): our interest, weighed. */
  | 'legitimate_interest'
  /** Art. 6(1)(a). */
  | 'consent'
  /** § 26 BDSG: needed for the employment. */
  | 'employment';

/** How long: the room `privacy` holds the periods and deletes; the class says which applies. */
export type RetentionClass =
  /** As long as the customer exists. */
  | 'profile'
  /** § 257 HGB: six years from the end of the calendar year. */
  | 'trade_letter'
  /** § 147 AO: eight years from the end of the calendar year. */
  | 'voucher'
  /** Three years after the case ends (§ 195 BGB). */
  | 'service_message'
  /** Twelve months. */
  | 'metadata'
  /** Ninety days. */
  | 'recording'
  /** Thirty days. */
  | 'draft'
  /** As proof, three years after the consent ended. */
  | 'consent_proof'
  /** Three years, then deleted. */
  | 'audit'
  /** As long as the person works here. */
  | 'employment'
  /** Hours to days: removed by the program itself. */
  | 'technical';

export interface PersonalColumn {
  purpose: string;
  basis: LegalBasis;
  retention: RetentionClass;
}

/** By table. `plain`: columns without personal data beside the ids that join rows. */
export type PersonalDataRegister = Record<string, { plain: readonly string[]; personal: Record<string, PersonalColumn> }>;

/** Several columns for the same purpose. */
export const columns = (names: readonly string[], facts: PersonalColumn): Record<string, PersonalColumn> =>
  Object.fromEntries(names.map((name) => [name, facts]));
