import { desk } from '../desk.ts';
import { letter } from '../greet.ts';
import type { Scene } from '../scene.ts';
import { atClock, dueAt } from '../times.ts';
import { meier } from './cast.ts';

/** A public post at ten to midnight, forwarded by the service that listens (specification 4.6.5). */
export function playPublicCriticism(scene: Scene): void {
  const { now } = scene;
  const berlin = (daysAgo: number, clock: string) => atClock(now, daysAgo, clock);
  // Three weeks before he wrote, and nobody answered.
  const forgotten = scene.mail(berlin(21, '12:10'), {
    from: { ...meier, name: 'T. Meier', address: 'torsten.meier@alte-adresse.example', client: 'gmx' },
    subject: 'Gutschrift Gartentisch',
    text: 'Guten Tag,\n\nwo bleibt die Gutschrift für den Gartentisch? Zurückgeschickt vor zehn Tagen.\n\nT. Meier',
  });
  scene.act(berlin(21, '12:30'), forgotten, async () => {
    await desk(scene, 'luise').change(forgotten, {
      tags: ['erstattung'],
      snoozedUntil: new Date(now.getTime() - 26 * 3_600_000).toISOString(),
    });
  });
  const post = scene.mail(berlin(1, '23:50'), {
    from: { name: 'Lauschposten Meldungen', address: 'meldung@lauschposten.example', client: 'thunderbird' },
    subject: 'Neue Kritik auf Ihrer Seite (öffentlich)',
    text: `Quelle: öffentliche Seite „Hansekontor“
Zeit: 23:50 Uhr
Von: Torsten M.

„Seit 3 Wochen keine Antwort! Bestellung *********, Meier, Linden*****. So geht man nicht mit Kunden um. Nie wieder Hansekontor!“

Hinweis: Der Beitrag enthält Bestelldaten und wurde für diese Meldung unkenntlich gemacht.
Reichweite bisher: 214`,
  });
  scene.act(berlin(1, '23:52'), post, async () => {
    await desk(scene, 'luise').change(post, { team: 'social', priority: 'urgent', tags: ['öffentlich', 'kritik'] });
    const aylin = desk(scene, 'aylin');
    await aylin.claim(post);
    await aylin.describe(post, {
      topic: 'voice_public',
      subject: 'Öffentliche Kritik: seit drei Wochen keine Antwort',
      wish: 'Endlich eine Antwort und die Gutschrift',
      priority: 'urgent',
    });
    await aylin.note(
      post,
      'Ich bin dran. Erste Rückmeldung auf der Seite um 23:58, mit Vornamen gezeichnet: Entschuldigung, wir sehen sofort nach, bitte keine Bestelldaten posten, Weg zur privaten Nachricht genannt.',
    );
    await aylin.facts(post, [
      ['post', 'Beitrag', '23:50 Uhr, Seite „Hansekontor“', 'Lauschposten'],
      ['first_feedback', 'Erste Rückmeldung', '23:58 Uhr, Aylin', 'Beraterin'],
      ['cause', 'Ursache', 'Seine Mail von vor drei Wochen lag zurückgestellt unter einer alten Adresse', 'Verlauf'],
    ]);
  });
  // Minutes after midnight both have just happened.
  const ownAt = new Date(Math.min(atClock(now, 0, '00:03').getTime(), now.getTime() - 300_000));
  const own = scene.mail(ownAt, {
    from: meier,
    subject: 'Private Nachricht wie gewünscht',
    text: `Ihre Kollegin hat geschrieben, ich soll mich hier melden. Also: Gartentisch, Gutschrift 249 €, Kundennummer 388 902 117. Ich habe vor drei Wochen von meiner alten Adresse geschrieben. Der Beitrag bleibt stehen, bis das Geld da ist.

Torsten Meier`,
  });
  scene.act(new Date(Math.min(atClock(now, 0, '00:20').getTime() + 60_000, now.getTime() - 240_000)), own, async () => {
    const lead = desk(scene, 'luise');
    await lead.change(own, { priority: 'high', tags: ['öffentlich', 'erstattung'] });
    const aylin = desk(scene, 'aylin');
    await aylin.describe(own, { topic: 'payment_refund', subject: 'Gutschrift Gartentisch 249 €', wish: 'Gutschrift von 249 €' });
    const sent = await aylin.answer(
      own,
      letter(
        `danke, dass Sie hierher gewechselt sind. Ihre Mail von vor drei Wochen lag bei uns unter Ihrer alten Adresse und wurde zurückgestellt statt beantwortet. Das ist unser Fehler, dafür entschuldige ich mich.

Die 249 € habe ich eben freigegeben, dazu 20 € für die Wartezeit. Sie sehen den Betrag in zwei Werktagen auf Ihrem Konto. Den Beitrag dürfen Sie natürlich stehen lassen; bitte nehmen Sie nur die Bestellnummer heraus, zu Ihrem eigenen Schutz.`,
        meier,
        aylin.persona,
      ),
    );
    await aylin.promise(own, sent, 'Gutschrift 249 € und 20 € für die Wartezeit', dueAt(now, 2, '18:00'));
  });
}
