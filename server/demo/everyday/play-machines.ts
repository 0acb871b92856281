import { desk } from '../desk.ts';
import { letter } from '../greet.ts';
import { rfcDate } from '../mail/write.ts';
import type { Scene } from '../scene.ts';
import { customerMaker } from './customers.ts';
import { bounce, machines } from './machines.ts';

const hour = 3_600_000;

/** Absence notes, newsletters, spam, and one answer of ours that comes back. */
export function playMachines(scene: Scene): void {
  const { now, chance } = scene;
  for (const [i, one] of machines.entries()) {
    const at = new Date(now.getTime() - (4 + i * 19) * hour);
    const thread = scene.mail(at, one);
    if (one.fate === 'spam')
      scene.act(new Date(at.getTime() + 20 * 60_000), thread, async () => void (await desk(scene, 'luise').step(thread, 'classify_spam')));
  }
  const writer = { ...customerMaker(chance)('m'), client: 'thunderbird' as const };
  writer.address = writer.address.replace(/@.*/, '@kabelmail.example');
  const at = new Date(now.getTime() - 30 * hour);
  const thread = scene.mail(at, {
    from: writer,
    subject: 'Ersatzteil Grillrost',
    text: `Guten Tag,\n\ngibt es den Rost für den Grill „Feuerland“ einzeln? Durchmesser 47 cm.\n\n${writer.first} ${writer.last}`,
  });
  // The report names what left.
  thread.isContinued = true;
  scene.act(new Date(at.getTime() + hour), thread, async () => {
    const petra = desk(scene, 'petra');
    await petra.describe(thread, { topic: 'order_advice' });
    await petra.answer(
      thread,
      letter(
        'den Rost gibt es einzeln, 47 cm, 24,90 €, in drei Tagen bei Ihnen. Soll ich ihn bestellen? Ein kurzes Ja genügt.',
        writer,
        petra.persona,
      ),
    );
  });
  scene.raw(new Date(at.getTime() + hour + 4 * 60_000), 'service', () => {
    const { answer } = thread;
    if (!answer) return undefined;
    const mark = `b${chance.digits(12)}`;
    return bounce(
      scene.office.address('service'),
      writer.address,
      answer.messageId,
      answer.subject,
      mark,
      rfcDate(new Date(at.getTime() + hour + 4 * 60_000)),
    );
  });
}
