import type { Brief } from '../../../../contract/cases.ts';
import { useText } from '../../../platform/i18n/i18n.ts';

/** A brief to be read: everything the next adviser must know before the first word. */
export function BriefView({ brief }: { brief: Brief }) {
  const t = useText('cases');
  const lines = (['who', 'concern', 'done', 'promised', 'openQuestion', 'wish'] as const).filter((field) => brief[field].trim());
  return (
    <dl className="flex flex-col gap-2">
      {lines.map((field) => (
        <div key={field}>
          <dt className="text-xs font-medium text-muted">{t(`brief.${field}`)}</dt>
          <dd dir="auto" className="break-words whitespace-pre-wrap">
            {field === 'concern' && !/^\p{Pi}|^[„"]/u.test(brief[field]) ? <q>{brief[field]}</q> : brief[field]}
          </dd>
        </div>
      ))}
      {brief.facts.length > 0 && (
        <div>
          <dt className="text-xs font-medium text-muted">{t('facts.title')}</dt>
          <dd>
            <ul className="list-disc pl-4">
              {brief.facts.map(({ label, value }) => (
                <li key={label}>
                  {label}: {value}
                </li>
              ))}
            </ul>
          </dd>
        </div>
      )}
    </dl>
  );
}
