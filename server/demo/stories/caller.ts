import { caseEndpoints as cases } from '../../../contract/cases.ts';
import { customersEndpoints as customers } from '../../../contract/customers.ts';
import { desk } from '../desk.ts';
import type { Scene } from '../scene.ts';
import { atClock, nextAt } from '../times.ts';
import { claudia } from './cast.ts';

/** The caller who gave up waiting (specification 4.6.7): two attempts that nobody answered, kept as a note, and her mail. */
export function playCaller(scene: Scene): void {
  const { now } = scene;
  scene.act(atClock(now, 1, '12:16'), null, async () => {
    const petra = desk(scene, 'petra');
    const customer = await petra.call(customers.create, {
      name: 'Claudia Behrens',
      salutation: 'formal',
      languages: ['de'],
      identities: [
        { kind: 'phone', value: '+49 40 5550 7788' },
        { kind: 'mail', value: claudia.address },
      ],
    });
    await petra.call(customers.addNote, {
      id: customer.id,
      text: 'Nicht erreicht: 12:00 Uhr Bestellnummer, nach 6 Minuten 6 Sekunden aufgelegt (Platz 18); 12:07 Uhr Servicenummer, um 12:15 Uhr aufgelegt. Rückruf versuchen, sobald jemand frei ist. Sie wollte bestellen.',
    });
  });
  const thread = scene.mail(atClock(now, 1, '12:31'), {
    from: claudia,
    subject: 'Ich gebe auf',
    text: `Hallo,

ich wollte heute telefonisch bestellen, weil ich eine Frage zur Größe habe. Zweimal Warteschleife, zusammen eine Viertelstunde Musik. Ich versuche es nicht noch einmal.

Falls jemand zurückrufen mag: Ich bin heute und morgen bis 18 Uhr da.

Claudia Behrens`,
  });
  scene.act(atClock(now, 1, '12:40'), thread, async () => {
    const petra = desk(scene, 'petra');
    await petra.change(thread, { priority: 'high', tags: ['rückruf', 'nicht erreicht'] });
    await petra.describe(thread, {
      topic: 'voice_complaint',
      subject: 'Zweimal nicht durchgekommen, wollte bestellen',
      wish: 'Rückruf wegen einer Größenfrage, dann bestellen',
    });
    await petra.note(
      thread,
      'Um 12:25 Uhr zurückgerufen, besetzt. Nächster Versuch heute Nachmittag. Wer zuerst frei ist, bitte anrufen: 040 5550 7788.',
    );
    await petra.promise(thread, null, 'Rückruf bei Frau Behrens bis 18 Uhr', nextAt(now, '18:00'));
  });
  // Nobody took it yet: whoever looks around as Kim finds a hand-over that waits.
  scene.act(new Date(now.getTime() - 50 * 60_000), thread, async () => {
    const petra = desk(scene, 'petra');
    await petra.claim(thread);
    petra.pause(120);
    await petra.call(cases.handOver, {
      id: await petra.caseOf(thread),
      conversationId: thread.conversationId,
      to: { personId: scene.office.personId('kim') },
      mode: 'cold',
      brief: {
        who: 'Claudia Behrens, ruft an, um zu bestellen',
        concern: '„Zweimal Warteschleife, zusammen eine Viertelstunde Musik. Ich versuche es nicht noch einmal.“',
        facts: [{ label: 'Telefon', value: '040 5550 7788' }],
        done: 'Gestern um 12:25 Uhr zurückgerufen, besetzt. Heute noch niemand.',
        promised: 'Rückruf bis 18 Uhr',
        openQuestion: 'Welche Größe passt?',
        wish: 'Ein Mensch ruft an, beantwortet die Größenfrage und nimmt die Bestellung auf.',
      },
    });
    await scene.office.stage.drain();
  });
}
