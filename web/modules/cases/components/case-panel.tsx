import ArrowRightLeft from 'lucide-react/icons/arrow-right-left';
import CircleHelp from 'lucide-react/icons/circle-question-mark';
import Ellipsis from 'lucide-react/icons/ellipsis';
import { type ReactNode, useState } from 'react';
import type { Handover, Statement } from '../../../../contract/cases.ts';
import type { Conversation } from '../../../../contract/conversations.ts';
import { isProblem } from '../../../platform/api/problem.ts';
import { type Action, useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { problemText } from '../../../platform/i18n/problem-text.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { newId } from '../../../platform/store/new-id.ts';
import { useRecord, useRecords } from '../../../platform/store/use-records.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Menu } from '../../../ui/overlay/menu.tsx';
import { Popover } from '../../../ui/overlay/popover.tsx';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { LastOrder } from '../../orders/index.ts';
import { PersonName, useMe, usePerson, useRight, useTeams } from '../../workspace/index.ts';
import { customerPageOf, giveBackConversation, takeConversation } from '../api.ts';
import { MergeDialog } from '../moves/merge-dialog.tsx';
import { MoveDialog } from '../moves/move-dialog.tsx';
import { Moves } from '../moves/moves.tsx';
import { TopicSelect } from '../topics/topic-select.tsx';
import { type OpenCase, pendingHandover, useCase } from '../use-case.ts';
import { BriefView } from './brief-view.tsx';
import { EvidenceDialog } from './evidence-dialog.tsx';
import { type FactDraft, Facts, useFactDraft } from './facts.tsx';
import { HandoverDialog } from './handover-dialog.tsx';
import { LockedCase } from './locked-case.tsx';
import { Promises } from './promises.tsx';
import { StatementDialog } from './statement-dialog.tsx';
import { WithdrawLinks } from './withdraw-links.tsx';

interface Props {
  caseId: string;
  conversationId: string | null;
  /** Further lines of names and values. */
  more?: ReactNode;
}

type Opened = 'handover' | 'merge' | 'move' | 'withdraw' | 'tell' | { statement: Statement; settles: 'keep' | 'release' };
/** One that was sent is out of sight until its answer is there; refused, it stands again, wherever its writer is by then. */
interface OneOpened {
  key: string;
  what: Opened;
  caseId: string;
  isSent: boolean;
}

/**
 * The case beside a conversation: who owns it, what was promised, where the customer's goods are, and what is known. What is being written belongs to the conversation, not to what is
 * drawn of its case: that may come, go or become another meanwhile.
 */
export function CasePanel({ caseId, conversationId, more }: Props) {
  const open = useCase(caseId);
  const { kase, detail, statements } = open;
  const [opened, setOpened] = useState<readonly OneOpened[]>([]);
  const openUp = (what: Opened): void => setOpened((before) => [...before, { key: newId(), what, caseId, isSent: false }]);
  const fact = useFactDraft(caseId);
  const about = conversationId ?? caseId;
  const [shown, setShown] = useState(about);
  if (shown !== about) {
    setShown(about);
    setOpened(opened.filter(({ isSent }) => isSent));
    fact.drop();
  }
  const me = useMe().person.id;
  const talk = useRecord<Conversation>('conversation', conversationId);
  const leads = useRight('claim', 'T');
  // Only who is on the conversation can give it away; whoever begins takes it first, so that no brief is filled in for nothing.
  const [hasTaken, setHasTaken] = useState(false);
  const begin = useAction(async () => {
    // Who leads gives away what a colleague is on, too.
    const takes = talk !== undefined && talk.claim?.personId !== me && !(talk.claim && leads);
    if (takes) await takeConversation(talk.id);
    setHasTaken(takes);
    openUp('handover');
  });
  const thinkBetter = (): void => {
    // Taken for the hand-over only: whoever thinks better of it leaves it as it was.
    if (hasTaken && talk) void giveBackConversation(talk.id).catch(() => undefined);
    setHasTaken(false);
  };
  const conversation = detail?.conversations.find(({ id }) => id === conversationId);
  return (
    <>
      <Content {...{ open, caseId, conversationId, more, fact, begin }} onOpen={openUp} />
      {opened.map(({ key, what, caseId: of }) => {
        const close = (): void => setOpened((before) => before.filter((one) => one.key !== key));
        const send = (): void => setOpened((before) => before.map((one) => (one.key === key ? { ...one, isSent: true } : one)));
        const leave = (): void => {
          close();
          thinkBetter();
        };
        if (what === 'handover')
          return <HandoverDialog key={key} caseId={of} conversationId={conversationId} onClose={leave} onGiven={close} />;
        if (what === 'withdraw') return <WithdrawLinks key={key} caseId={of} onClose={close} />;
        if (what === 'merge') return kase && <MergeDialog key={key} kase={kase} onClose={close} />;
        if (what === 'move')
          return kase && conversation && <MoveDialog key={key} kase={kase} conversation={conversation} onClose={close} />;
        if (what === 'tell')
          return <StatementDialog key={key} caseId={of} statements={of === caseId ? statements : []} onSend={send} onClose={close} />;
        return <EvidenceDialog key={key} statement={what.statement} what={what.settles} onClose={close} />;
      })}
    </>
  );
}

interface ContentProps extends Props {
  open: OpenCase;
  fact: FactDraft;
  begin: Action<[]>;
  onOpen: (what: Opened) => void;
}

function Content({
  open: { kase, detail, statements, handovers, error },
  caseId,
  conversationId,
  more,
  fact,
  begin,
  onOpen,
}: ContentProps) {
  const t = useText('cases');
  const general = useText('platform');
  const pending = pendingHandover(handovers);
  const receiver = useReceiverName(pending);
  if (!kase && isProblem(error, 'cases.reason_needed')) return <LockedCase caseId={caseId} />;
  if (!kase && error) return <EmptyState title={problemText(error).title}>{problemText(error).help}</EmptyState>;
  if (!kase) return <Skeleton label={general('loading')} lines={5} />;
  const can = detail?.abilities;
  const conversation = detail?.conversations.find(({ id }) => id === conversationId);
  return (
    <div>
      <section aria-label={t('panel.label')} className="border-b border-line px-4 py-3">
        <h2 className="flex items-center gap-1.5 font-semibold">
          <AppLink to={`/cases/${kase.id}`} className="hover:underline">
            {t('panel.case', { number: kase.number })}
          </AppLink>
          <Badge>{t(`states.${kase.state}`)}</Badge>
          {can && (
            <span className="ml-auto">
              <Menu
                align="end"
                trigger={<IconButton small label={t('panel.more')} icon={Ellipsis} />}
                entries={[
                  ...(can.merge ? [{ label: t('merge.open'), onSelect: () => onOpen('merge') }] : []),
                  ...(can.merge && conversation
                    ? [
                        {
                          label: t('move.open'),
                          disabled: !can.split,
                          hint: can.split ? undefined : t('move.onlyOne'),
                          onSelect: () => onOpen('move'),
                        },
                      ]
                    : []),
                  {
                    label: t('customerPage.open'),
                    separated: can.merge,
                    onSelect: () => window.open(customerPageOf(kase.id), '_blank', 'noopener'),
                  },
                  ...(can.change ? [{ label: t('customerPage.withdraw'), onSelect: () => onOpen('withdraw') }] : []),
                ]}
              />
            </span>
          )}
        </h2>
        <dl className="pane-lines mt-2">
          <dt className="flex items-center gap-0.5">
            {t('panel.owner')}
            {!kase.ownerId && (
              <Popover
                label={t('panel.ownerWho')}
                trigger={<IconButton small label={t('panel.ownerWho')} icon={CircleHelp} className="-my-1" />}
              >
                {t('panel.ownerHint')}
              </Popover>
            )}
          </dt>
          <dd>{kase.ownerId ? <PersonName id={kase.ownerId} /> : <NoOwner caseId={caseId} />}</dd>
          <dt>{t('panel.topic')}</dt>
          <dd>
            <TopicSelect kase={kase} canChange={can?.change ?? false} />
          </dd>
          <dt>{t('panel.contacts')}</dt>
          <dd>
            {t('panel.contactsCount', { count: kase.contactsCount })}
            {kase.handoversCount > 0 && ` · ${t('panel.handoversCount', { count: kase.handoversCount })}`}
          </dd>
          {more}
        </dl>
        {can?.handOver && !pending && (
          <Button small icon={ArrowRightLeft} className="mt-2" busy={begin.isBusy} onClick={() => void begin.run()}>
            {t('handover.open')}
          </Button>
        )}
        {pending && <p className="mt-2 text-muted">{t('handover.waitsFor', { name: receiver })}</p>}
        <ProblemBanner problem={begin.problem} className="mt-2" />
      </section>
      <Promises
        statements={statements}
        canTell={can?.tell ?? false}
        onTell={() => onOpen('tell')}
        onSettle={(statement, settles) => onOpen({ statement, settles })}
      />
      <LastOrder inPane customerId={kase.customerId} />
      {conversationId && <LastBrief handovers={handovers} />}
      <Facts kase={kase} canChange={can?.change ?? false} draft={fact} />
      <Moves moves={detail?.moves ?? []} canUndo={can?.merge ?? false} />
    </div>
  );
}

/** What the last one who had it wrote down; the timeline holds it where it happened, here it stays in sight. */
function LastBrief({ handovers }: { handovers: readonly Handover[] }) {
  const t = useText('cases');
  const last = handovers.at(-1);
  if (!last) return null;
  return (
    <section aria-label={t('brief.title')} className="border-b border-line px-4 py-3">
      <details open>
        <summary className="min-h-6 font-semibold">{t('brief.title')}</summary>
        <BriefView brief={last.brief} />
      </details>
    </section>
  );
}

/** One contact needs no owner: until the third, or a hand-over, it is whoever is on the conversation. */
function NoOwner({ caseId }: { caseId: string }) {
  const t = useText('cases');
  const me = useMe().person.id;
  const onIt = useRecords<Conversation, string | null>('conversation', (all) => {
    const own = all.filter((one) => one.caseId === caseId);
    return own.find(({ claim }) => claim)?.claim?.personId ?? own.find(({ assigneeId }) => assigneeId)?.assigneeId ?? null;
  });
  const person = usePerson(onIt);
  return !person ? t('panel.noOwner') : onIt === me ? t('panel.onItMe') : t('panel.onIt', { name: person.name });
}

function useReceiverName(handover: Handover | undefined): string {
  const person = usePerson(handover?.to.personId);
  const team = useTeams().find(({ id }) => id === handover?.to.teamId);
  return person?.name ?? team?.name ?? '';
}
