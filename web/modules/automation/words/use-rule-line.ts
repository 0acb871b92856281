import { useText } from '../../../platform/i18n/i18n.ts';

/** The parts of a line of the timeline that say what a rule did, and why; empty for any other line. */
export function useRuleLine(): (data: Record<string, unknown>) => { version?: string; trigger?: string; did?: string } {
  const t = useText('automation');
  return ({ version, trigger, did }) =>
    typeof version === 'string' && typeof trigger === 'string' && typeof did === 'string'
      ? {
          version,
          trigger: t(`because.${trigger}`),
          did: did
            .split(',')
            .map((kind) => t(`did.${kind}`))
            .join(', '),
        }
      : {};
}
