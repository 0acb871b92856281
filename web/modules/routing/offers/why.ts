import type { OutputOf } from '../../../../contract/core.ts';
import type { Offer, routingEndpoints } from '../../../../contract/routing.ts';
import { textOf } from '../../../platform/i18n/i18n.ts';

/** Why something is offered to whoever reads it, in one sentence, or two where they help another team. */
export function whyOf({ why: { because, free, helps } }: Offer): string {
  const t = textOf('routing');
  return [helps && t(`offer.helps.${helps.because}`, { team: helps.team }), t(`offer.because.${because}`, { free })]
    .filter(Boolean)
    .join(' ');
}

type Next = NonNullable<OutputOf<typeof routingEndpoints.whyMine>['next']>;

/** Why *Next* gave it to whoever reads it, in one sentence; after it where it stood, and what else speaks for them. */
export function whyNext({ because, among, when, queue, isServing, isKnown }: Next, shown: (at: string) => string): string {
  const t = textOf('routing');
  return [
    t(`why.because.${because}`, { among: t(`why.among.${among}`), when: when ? shown(when) : '' }),
    queue && t('why.queue', { name: queue }),
    isKnown && t('why.isKnown'),
    isServing && t('why.isServing'),
  ]
    .filter(Boolean)
    .join(' ');
}
