import { desk } from '../desk.ts';
import { letter } from '../greet.ts';
import type { Scene } from '../scene.ts';
import { atClock } from '../times.ts';
import { weiss } from './cast.ts';

/** „Diese Rechnung zahle ich nicht.“ (specification 4.6.3) */
export function playInvoice(scene: Scene): void {
  const { now } = scene;
  const berlin = (daysAgo: number, clock: string) => atClock(now, daysAgo, clock);
  const thread = scene.mail(berlin(2, '21:17'), {
    from: weiss,
    subject: 'Rechnung 4471-2026',
    text: `Diese Rechnung zahle ich nicht.

Weiß`,
  });
  scene.act(berlin(2, '21:19'), thread, async () => {
    const sven = desk(scene, 'luise');
    await sven.change(thread, { team: 'rechnung', priority: 'high', tags: ['rechnung', 'bestritten'] });
  });
  scene.act(berlin(1, '08:04'), thread, async () => {
    const ingrid = desk(scene, 'ingrid');
    await ingrid.claim(thread);
    await ingrid.describe(thread, { topic: 'payment_dispute', subject: 'Rechnung 4471-2026 bestritten', priority: 'high' });
    await ingrid.facts(thread, [
      ['invoice', 'Rechnung', '4471-2026 über 189,90 € (Kugelgrill)', 'Buchhaltung'],
      ['dunning', 'Mahnsperre', 'gesetzt, solange bestritten', 'Buchhaltung'],
      ['shipment', 'Zustellung', 'laut Paketdienst vor 16 Tagen zugestellt, ohne Unterschrift', 'Paketdienst'],
    ]);
    await ingrid.note(
      thread,
      'Mahnsperre seit Eingang der Mail. Der Mahnlauf von heute Nacht hat ihn übersprungen. Bitte nicht nach „Zahlungsunwillen“ klingen, wir kennen den Grund noch nicht.',
    );
    const sent = await ingrid.answer(
      thread,
      letter(
        `danke, dass Sie sich melden. Die Rechnung ruht ab sofort: Es kommt keine Mahnung, keine Gebühr und keine Meldung an irgendwen, solange wir das miteinander klären.

Damit ich es richtig mache, eine offene Frage: Was stimmt aus Ihrer Sicht nicht? Vielleicht ist die Ware nicht angekommen, schon zurückgeschickt, mangelhaft, oder Sie haben sie gar nicht bestellt? Ein Satz von Ihnen genügt.`,
        weiss,
        ingrid.persona,
      ),
    );
    await ingrid.tell(thread, sent, 'information', 'Rechnung ruht: keine Mahnung, keine Gebühr, keine Meldung, solange sie bestritten ist');
  });
  scene.followUp(new Date(now.getTime() - 42 * 60_000), thread, {
    from: weiss,
    text: `Weil ich den Grill nie bekommen habe. Angeblich zugestellt. Ich war an dem Tag auf Montage in Bremen, meine Frau bei ihrer Schwester. Unterschrieben hat hier niemand.

Und dann am Telefon gefragt werden, ob ich „gerade knapp bei Kasse“ bin, das brauche ich nicht.

B. Weiß`,
  });
}
