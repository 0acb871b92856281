import CornerDownRight from 'lucide-react/icons/corner-down-right';
import Ellipsis from 'lucide-react/icons/ellipsis';
import FolderTree from 'lucide-react/icons/folder-tree';
import Plus from 'lucide-react/icons/plus';
import { useState } from 'react';
import type { Topic } from '../../../../contract/cases.ts';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { problemText } from '../../../platform/i18n/problem-text.ts';
import { refused } from '../../../platform/refused.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Checkbox } from '../../../ui/form/checkbox.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Menu } from '../../../ui/overlay/menu.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Page, useRight } from '../../workspace/index.ts';
import { retireTopic } from '../api.ts';
import { TopicDialog } from './topic-dialog.tsx';
import { type Branch, isCatchAll } from './tree.ts';
import { useTopics } from './use-topics.ts';

type Edited = { topic: Topic } | { below: Topic | null } | null;

/** What cases are about and which department answers for it. */
export default function TopicsPage() {
  const t = useText('cases');
  const general = useText('platform');
  const { topics, tree, error, retry } = useTopics();
  const mayChange = useRight('manage_tags');
  const [edited, setEdited] = useState<Edited>(null);
  const [showsRetired, setShowsRetired] = useState(false);
  const retiredCount = topics?.filter(({ retiredAt }) => retiredAt !== null).length ?? 0;
  return (
    <Page
      title={t('topics.title')}
      intro={t('topics.intro')}
      actions={
        mayChange && (
          <Button icon={Plus} onClick={() => setEdited({ below: null })}>
            {t('topics.add')}
          </Button>
        )
      }
    >
      {!topics && error ? (
        <EmptyState title={problemText(error).title} action={<Button onClick={retry}>{general('retry')}</Button>}>
          {problemText(error).help}
        </EmptyState>
      ) : !topics ? (
        <Skeleton label={general('loading')} lines={8} />
      ) : topics.length === 0 ? (
        <EmptyState icon={FolderTree} title={t('topics.empty')}>
          {t('topics.emptyHint')}
        </EmptyState>
      ) : (
        <>
          {retiredCount > 0 && (
            <Checkbox label={t('topics.showRetired', { count: retiredCount })} checked={showsRetired} onChange={setShowsRetired} />
          )}
          <section aria-label={t('topics.tree')} className="rounded-lg border border-line bg-surface">
            <p aria-hidden="true" className="flex rounded-t-lg border-b border-line bg-sunken px-4 py-2 text-xs font-medium text-muted">
              <span className="flex-1">{t('topics.topic')}</span>
              <span className="hidden w-44 sm:block">{t('topics.department')}</span>
              <span className="w-6" />
            </p>
            <Level branches={tree} depth={0} showsRetired={showsRetired} onEdit={mayChange ? setEdited : null} />
          </section>
        </>
      )}
      {edited && topics && (
        <TopicDialog
          topic={'topic' in edited ? edited.topic : null}
          below={'topic' in edited ? null : edited.below}
          topics={topics}
          tree={tree}
          onClose={() => setEdited(null)}
        />
      )}
    </Page>
  );
}

interface Shown {
  depth: number;
  showsRetired: boolean;
  onEdit: ((edited: Edited) => void) | null;
}

function Level({ branches, ...shown }: Shown & { branches: readonly Branch[] }) {
  return (
    <ul>
      {branches
        .filter(({ topic }) => shown.showsRetired || topic.retiredAt === null)
        .map((branch) => (
          <li key={branch.topic.id}>
            <Row branch={branch} {...shown} />
            {branch.branches.length > 0 && <Level branches={branch.branches} {...shown} depth={shown.depth + 1} />}
          </li>
        ))}
    </ul>
  );
}

function Row({ branch, depth, onEdit }: Shown & { branch: Branch }) {
  const t = useText('cases');
  const { topic } = branch;
  const language = currentLanguage();
  const other = topic.label[language === 'de' ? 'en' : 'de'];
  const isRetired = topic.retiredAt !== null;
  return (
    <div className={cx('flex min-h-10 items-center border-b border-line px-4 py-1.5 hover:bg-hover', depth === 0 && 'font-medium')}>
      <span className="flex min-w-0 flex-1 items-start gap-1.5 pr-3" style={{ paddingLeft: `${Math.max(0, depth - 1) * 1.25}rem` }}>
        {depth > 0 && <CornerDownRight aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-faint" />}
        <span className="min-w-0">
          <span className="flex flex-wrap items-center gap-x-2">
            <span className={cx('break-words', isRetired && 'text-muted')}>{topic.label[language]}</span>
            {topic.trainingSuitable && <Badge tone="info">{t('topics.training')}</Badge>}
            {isRetired && <Badge>{t('topics.retired')}</Badge>}
          </span>
          <span lang={language === 'de' ? 'en' : 'de'} className="block text-xs font-normal break-words text-muted">
            {other}
          </span>
          <span className="block text-xs font-normal text-muted sm:hidden">{topic.ownerDepartment}</span>
        </span>
      </span>
      <span className="hidden w-44 truncate pr-2 font-normal sm:block" title={topic.ownerDepartment}>
        <span className="sr-only">{t('topics.department')}: </span>
        {topic.ownerDepartment}
      </span>
      <span className="w-6">{onEdit && <Actions branch={branch} onEdit={onEdit} />}</span>
    </div>
  );
}

function Actions({ branch: { topic, branches }, onEdit }: { branch: Branch; onEdit: (edited: Edited) => void }) {
  const t = useText('cases');
  const general = useText('platform');
  const name = topic.label[currentLanguage()];
  const isRetired = topic.retiredAt !== null;
  const hasParts = branches.some((branch) => branch.topic.retiredAt === null);
  const set = (retired: boolean): void => {
    retireTopic(topic.id, retired).then(
      () =>
        notify({
          title: t(retired ? 'topics.nowRetired' : 'topics.nowUsed', { name }),
          milliseconds: 10_000,
          action: { label: general('undo'), run: () => void retireTopic(topic.id, !retired).catch(refused) },
        }),
      refused,
    );
  };
  return (
    <Menu
      align="end"
      trigger={<IconButton small icon={Ellipsis} label={t('topics.more', { name })} />}
      entries={[
        { label: t('topics.change'), onSelect: () => onEdit({ topic }) },
        { label: t('topics.addBelow'), disabled: isRetired, onSelect: () => onEdit({ below: topic }) },
        isRetired
          ? { label: t('topics.use'), separated: true, onSelect: () => set(false) }
          : {
              label: t('topics.retire'),
              separated: true,
              disabled: isCatchAll(topic) || hasParts,
              hint: isCatchAll(topic) ? t('topics.stays') : hasParts ? t('topics.hasParts') : t('topics.retireHint'),
              onSelect: () => set(true),
            },
      ]}
    />
  );
}
