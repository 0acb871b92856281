import type { Offer } from '../../../../contract/routing.ts';
import { textOf } from '../../../platform/i18n/i18n.ts';

/** Why something is offered to whoever reads it, in one sentence, or two where they help another team. */
export function whyOf({ why: { because, free, helps } }: Offer): string {
  const t = textOf('routing');
  return [helps && t(`offer.helps.${helps.because}`, { team: helps.team }), t(`offer.because.${because}`, { free })]
    .filter(Boolean)
    .join(' ');
}
