import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../platform/api/call.ts';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { refused } from '../../../platform/refused.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/form/checkbox.tsx';
import { Switch } from '../../../ui/form/switch.tsx';
import { on } from '../api.ts';
import { Card } from '../components/card.tsx';
import { useMe } from '../session.ts';
import { askPermission, showNotice, standingOf } from './browser.ts';
import { OtherBrowsers } from './other-browsers.tsx';
import type { Reach } from './push.ts';
import { ReachLine } from './reach-line.tsx';
import { background } from './tell.ts';
import { currentWishes, keepWishes, newsKinds, type Wishes } from './wishes.ts';

export const pushKey = ['workspace', 'push'];

/** What this browser may tell while nobody looks at the desk, or while it is closed; asked for here and nowhere else. */
export function NewsCard() {
  const t = useText('workspace');
  const [wishes, setWishes] = useState(currentWishes);
  const [standing, setStanding] = useState(standingOf);
  const [reach, setReach] = useState<Reach | 'joining' | null>(null);
  const desk = { call, on, personId: useMe().person.id };
  const browsers = useQuery({ queryKey: pushKey, queryFn: () => call(on.listPushSubscriptions, {}) });
  const keep = (next: Wishes): void => {
    keepWishes(next);
    setWishes(next);
  };
  const join = async (): Promise<void> => {
    setReach('joining');
    try {
      setReach(await (await background()).joinPush(desk));
    } catch (error) {
      setReach('unreachable');
      refused(error);
    }
    await browsers.refetch();
  };
  const turn = async (wanted: boolean): Promise<void> => {
    const answer = wanted && standing === 'open' ? await askPermission() : standing;
    setStanding(answer);
    const isNowOn = wanted && answer === 'granted';
    keep({ ...wishes, on: isNowOn });
    if (isNowOn) return join();
    setReach(null);
    await background()
      .then(({ leavePush }) => leavePush(desk))
      .catch(refused);
    await browsers.refetch();
  };
  const choose = (next: Wishes): void => {
    keep(next);
    // The server asks by kind what leaves for this browser.
    if (isReached)
      background()
        .then(({ joinPush }) => joinPush(desk))
        .catch(refused);
  };
  const isOn = wishes.on && standing === 'granted';
  const isReached = browsers.data?.items.some(({ current }) => current) ?? false;
  const cannot = standing === 'unsupported' || standing === 'insecure' || standing === 'refused';
  return (
    <Card title={t('news.card')} hint={t('news.cardHint')}>
      <div className="flex flex-col gap-3">
        <Switch label={t('news.on')} hint={t('news.onHint')} checked={isOn} disabled={cannot} onChange={(wanted) => void turn(wanted)} />
        {cannot && (
          <Banner tone="warn">
            <span role="status">{t(`news.cannot.${standing}`)}</span>
          </Banner>
        )}
        {isOn && browsers.data && (
          <ReachLine reach={reach === 'joining' ? reach : isReached ? 'closed' : reach} onJoin={() => void join()} />
        )}
        <fieldset disabled={!isOn}>
          <legend className="mb-1 font-medium">{t('news.kinds')}</legend>
          {newsKinds.map((kind) => (
            <Checkbox
              key={kind}
              label={t(`news.kind.${kind}`)}
              disabled={!isOn}
              checked={!wishes.without.includes(kind)}
              onChange={(wanted) =>
                choose({ ...wishes, without: newsKinds.filter((one) => (one === kind ? !wanted : wishes.without.includes(one))) })
              }
            />
          ))}
        </fieldset>
        <p className="text-muted">{t('news.quiet')}</p>
        <div>
          <Button
            disabled={!isOn}
            onClick={() =>
              void showNotice({
                body: t('news.trial'),
                tag: 'trial',
                icon: '/icon.svg',
                lang: currentLanguage(),
                data: { path: '/account', at: new Date().toISOString() },
              }).catch(refused)
            }
          >
            {t('news.try')}
          </Button>
        </div>
        <OtherBrowsers query={browsers} />
      </div>
    </Card>
  );
}
