import { useText } from '../../../platform/i18n/i18n.ts';
import { useActiveShortcuts } from '../../../platform/keys/keys.ts';
import { Button } from '../../../ui/button.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { startTour } from '../tour/tour.ts';

/** Every key that works on the page one is on. */
export function HelpSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useText('workspace');
  const general = useText('platform');
  const shortcuts = useActiveShortcuts();
  const keyed = shortcuts.flatMap(({ keys, ...rest }) => (keys === undefined ? [] : [{ keys, ...rest }]));
  const groups = Map.groupBy(keyed, ({ group }) => group);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('keys.title')}
      description={t('keys.hint')}
      closeLabel={general('close')}
      wide
      reading={t('keys.title')}
      footer={
        <Button
          onClick={() => {
            onClose();
            startTour();
          }}
        >
          {t('tour.start')}
        </Button>
      }
    >
      <div className="gap-x-8 sm:columns-2">
        {[...groups].map(([group, entries]) => (
          <section key={group} className="break-inside-avoid pb-4">
            <h3 className="mb-1 font-semibold">{group}</h3>
            <dl>
              {entries.map(({ keys, label }) => (
                <div key={keys} className="flex items-center justify-between gap-4 border-b border-line py-1.5 last:border-0">
                  <dt>{label}</dt>
                  <dd>
                    <Kbd keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
