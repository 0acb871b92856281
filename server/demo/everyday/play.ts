import { personaOf } from '../company/people.ts';
import type { TeamKey } from '../company/places.ts';
import { desk } from '../desk.ts';
import { letter } from '../greet.ts';
import type { Scene, Thread } from '../scene.ts';
import { openShop, wayOf } from '../shop/shop.ts';
import { berlinHour, fill, onDayOf, workingDaysAfter } from '../times.ts';
import { type Customer, customerMaker, named } from './customers.ts';
import { type Everyday, everyday } from './everyday.ts';
import { filesFor } from './files.ts';

const hour = 3_600_000;
/** How the last ten days ended up; the rest of the everyday mails waits in the queue. */
const answeredShare = 0.62;

/** Who answers what comes to a team. */
const advisers: Partial<Record<TeamKey, readonly string[]>> = {
  leipzig: ['kim', 'petra', 'tobias', 'petra', 'tobias'],
  erfurt: ['sabine', 'marek'],
  regensburg: ['olaf'],
  dortmund: ['fatima'],
  rostock: ['sven'],
  beratung: ['mehmet', 'svenja'],
  rechnung: ['ingrid', 'ben'],
  geraete: ['ralf'],
};

/** Ten days of everyday mail: most answered, many settled, some waiting. */
export function playEveryday(scene: Scene): void {
  const { chance, now } = scene;
  const newCustomer = customerMaker(chance);
  const shop = openShop(scene, 790);
  const mixed = chance.shuffle(everyday);
  const answered = Math.round(mixed.length * answeredShare);
  for (const [i, plan] of mixed.entries()) {
    const writer = plan.language && plan.language !== 'de' ? named(plan.language, chance, newCustomer) : newCustomer(plan.sex);
    const isAnswered = i < answered;
    const ageHours = isAnswered ? 7 + (i / answered) * 232 : 0.3 + ((i - answered) / (mixed.length - answered)) ** 1.6 * 27;
    const at = isAnswered
      ? awake(new Date(now.getTime() - ageHours * hour), chance.whole(0, 59))
      : new Date(now.getTime() - ageHours * hour);
    const slots = {
      ...writer,
      name: writer.name || `${writer.first} ${writer.last}`,
      order: `HK-${chance.whole(20, 29)}${chance.digits(6)}`,
    };
    const thread = scene.mail(at, {
      from: writer,
      ...(plan.to ? { to: plan.to } : {}),
      subject: fill(plan.subject, slots, at, plan.language),
      text: fill(plan.text, slots, at, plan.language),
      files: filesFor(plan, chance, slots),
    });
    const about = `${plan.subject} ${plan.text}`;
    const way = wayOf(plan.topic, about, i);
    if (way !== undefined) shop.sold(thread, { writer, reference: slots.order, about, way, daysAgo: 4 + (i % 9) });
    const team = teamFor(plan, chance.whole(0, 99));
    if (isAnswered) playAnswered(scene, { plan, writer, slots, thread, at, team });
    else playWaiting(scene, { plan, thread, at, team, n: i - answered });
  }
}

interface Played {
  plan: Everyday;
  writer: Customer;
  slots: Parameters<typeof fill>[1];
  thread: Thread;
  at: Date;
  team: TeamKey;
}

function playAnswered(scene: Scene, { plan, writer, slots, thread, at, team }: Played): void {
  const { chance, now } = scene;
  const who = plan.language === 'tr' ? 'mehmet' : plan.language === 'pl' ? 'petra' : chance.pick(advisers[team] ?? ['petra']);
  const answeredAt = clamp(inRounds(open(new Date(at.getTime() + chance.whole(5, 90) * 60_000)), chance.whole(0, 40)), at, now);
  let promised: { id: string; dueTo: Date } | undefined;
  scene.act(answeredAt, thread, async () => {
    const adviser = desk(scene, who);
    await triage(scene, plan, thread, plan.language === 'tr' ? 'beratung' : plan.language === 'pl' ? 'leipzig' : team);
    const text = letter(fill(plan.answer, slots, adviser.now(), plan.language), writer, personaOf(who), plan.language);
    await adviser.describe(thread, { topic: plan.topic });
    const messageId = await adviser.answer(thread, text);
    if (plan.promise) {
      const dueTo = onDayOf(workingDaysAfter(adviser.now(), plan.promise.days), '20:00');
      promised = { dueTo, id: await adviser.promise(thread, messageId, plan.promise.text, dueTo) };
    }
  });
  const dueTo = plan.promise ? onDayOf(workingDaysAfter(answeredAt, plan.promise.days), '20:00') : undefined;
  const keptAt = dueTo && new Date(dueTo.getTime() - chance.whole(3, 9) * hour);
  if (keptAt && keptAt < now) {
    scene.act(keptAt, thread, async () => {
      if (promised) await desk(scene, who).keep(promised.id, chance.pick(evidence));
    });
  }
  const isSettled = !dueTo || (keptAt !== undefined && keptAt < now);
  const wroteBack = plan.after && (keptAt === undefined || keptAt < now) ? after(scene, keptAt ?? answeredAt) : undefined;
  if (plan.after && wroteBack) scene.followUp(wroteBack, thread, { from: writer, text: fill(plan.after, slots, wroteBack, plan.language) });
  const restsSince = wroteBack ?? keptAt ?? answeredAt;
  const settledAt = inRounds(open(new Date(restsSince.getTime() + chance.whole(1, 14) * hour)), chance.whole(41, 60));
  // Nobody who has written leaves a mail lying for days.
  const isLeft = chance.percent(14) && (!wroteBack || now.getTime() - wroteBack.getTime() < 30 * hour);
  if (!isSettled || settledAt >= now || isLeft) {
    if (!wroteBack && chance.percent(30)) {
      const isThird = chance.percent(50);
      const asked = Math.max(answeredAt.getTime() + 2 * hour, lastAsked(now, answeredAt, isThird));
      waitInside(scene, thread, who, clamp(new Date(asked), answeredAt, now), isThird);
    }
    return;
  }
  scene.act(settledAt, thread, () =>
    desk(scene, who).resolve(
      thread,
      plan.promise ? `${plan.promise.text}: erledigt.` : `Beantwortet: ${plan.subject.replace(/\{\w+\}/g, '').trim()}.`,
    ),
  );
}

const evidence = [
  'Sendungsverfolgung zeigt zugestellt',
  'Im System der Spedition bestätigt',
  'Buchung ist durch, im Kundenkonto gesehen',
  'Kollegin im Lager hat es bestätigt',
  'Kundin hat sich bedankt',
];

function playWaiting(scene: Scene, { plan, thread, at, team, n }: Pick<Played, 'plan' | 'thread' | 'at' | 'team'> & { n: number }): void {
  const { chance, now } = scene;
  const soon = clamp(new Date(at.getTime() + chance.whole(4, 25) * 60_000), at, now);
  scene.act(soon, thread, async () => {
    await triage(scene, plan, thread, team);
    if (n % 9 === 4) {
      const who = chance.pick(advisers[team] ?? ['petra']);
      const until = new Date(now.getTime() + chance.whole(3, 60) * hour);
      await desk(scene, who).change(thread, { snoozedUntil: until.toISOString(), assigneeId: scene.office.personId(who) });
    }
  });
}

/** Looked at and sent where it belongs: tags, team. */
async function triage(scene: Scene, plan: Everyday, thread: Thread, team: TeamKey): Promise<void> {
  const lead = desk(scene, plan.to === 'beratung' ? 'thorsten' : 'luise');
  const moves = team !== (plan.to === 'beratung' ? 'beratung' : 'leipzig');
  await lead.change(thread, { ...(plan.tags ? { tags: plan.tags } : {}), ...(moves ? { team } : {}) });
}

/** So lately that it still waits: an expert has four hours, a third party three days. */
const lastAsked = (now: Date, answeredAt: Date, isThird: boolean): number =>
  now.getTime() - (isThird ? 48 * hour : hour) - answeredAt.getMinutes() * 60_000;

function waitInside(scene: Scene, thread: Thread, who: string, at: Date, isThird: boolean): void {
  scene.act(at, thread, async () => {
    const adviser = desk(scene, who);
    await adviser.claim(thread);
    await adviser.note(
      thread,
      isThird ? 'Beim Paketdienst nachgefragt, Antwort kommt schriftlich.' : 'Lager gebeten nachzusehen. Antwort heute noch zugesagt.',
    );
    await adviser.step(thread, isThird ? 'need_third_party' : 'ask_expert');
  });
}

function teamFor(plan: Everyday, dice: number): TeamKey {
  if (plan.to === 'beratung') return 'beratung';
  if (plan.topic.startsWith('payment') && plan.topic !== 'payment_refund') return 'rechnung';
  if (plan.topic.startsWith('defect')) return dice < 60 ? 'geraete' : 'leipzig';
  if (dice < 46) return 'leipzig';
  if (dice < 64) return 'erfurt';
  if (dice < 76) return 'regensburg';
  return dice < 88 ? 'dortmund' : 'rostock';
}

/** People sleep: what would be written between midnight and six is written in the evening before. */
function awake(at: Date, minutes: number): Date {
  const h = berlinHour(at);
  return h < 6 ? new Date(at.getTime() - (h + 2) * hour - minutes * 60_000) : at;
}

/** Advisers answer from seven to ten in the evening. */
function open(at: Date): Date {
  const h = berlinHour(at);
  if (h >= 22) return new Date(at.getTime() + (31 - h) * hour);
  return h < 7 ? new Date(at.getTime() + (7 - h) * hour) : at;
}

/** Advisers go through what came in every three hours or so; between two rounds mails gather. */
const inRounds = (at: Date, minutes: number): Date => new Date(Math.ceil(at.getTime() / (3 * hour)) * 3 * hour + minutes * 60_000);

const after = (scene: Scene, since: Date): Date | undefined => {
  const at = awake(new Date(since.getTime() + scene.chance.whole(2, 20) * hour), 0);
  return at > since && at < scene.now ? at : undefined;
};
/** Between two instants, however the hours fell. */
const clamp = (at: Date, earliest: Date, now: Date): Date =>
  new Date(Math.max(earliest.getTime() + 60_000, Math.min(at.getTime(), now.getTime() - 120_000)));
