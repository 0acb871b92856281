import { useText } from '../../../platform/i18n/i18n.ts';

/** Where every endpoint and every error is described. */
export function ApiReference() {
  const t = useText('workspace');
  return (
    <p>
      <a href="/api/docs" className="text-accent-text underline">
        {t('admin.reference')}
      </a>
    </p>
  );
}
