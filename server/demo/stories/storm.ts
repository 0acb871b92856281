import { desk } from '../desk.ts';
import { customerMaker } from '../everyday/customers.ts';
import { letter } from '../greet.ts';
import type { Scene } from '../scene.ts';
import { atClock } from '../times.ts';

const voices = [
  ['19,90 statt 199?', 'Bestellung bestätigt für 19,90 €, jetzt storniert. Ein Vertrag ist ein Vertrag!!! {last}'],
  [
    'Stornierung',
    'Guten Tag, ich habe heute um 17:12 Uhr einen Kaffeevollautomaten für 19,90 € bestellt und eine Bestätigung bekommen. Um 18 Uhr kam die Absage. Bitte erklären Sie mir das.\n\nMit freundlichen Grüßen\n{first} {last}',
  ],
  ['preisfehler', 'ok war wohl n fehler, hab ich mir schon gedacht. trotzdem blöd. gibts wenigstens nen kleinen rabatt? lg {first}'],
  ['Frechheit', 'Erst locken, dann absagen. Das ist Betrug am Kunden. Ich erwarte die Lieferung zum bestätigten Preis.\n{first} {last}'],
  ['Wird mein Geld erstattet?', 'Hallo, ich hatte per Vorkasse bezahlt (19,90). Bekomme ich das zurück und wann? Danke, {first} {last}'],
  [
    'Nachfrage zur Mail von 18 Uhr',
    'Sehr geehrte Damen und Herren, bezieht sich Ihre Stornierung nur auf den Kaffeeautomaten oder auch auf die Bohnen, die ich mitbestellt habe? Die hätte ich gern trotzdem.\n{first} {last}',
  ],
  ['Schade', 'Ich hätte mich so gefreut. Meine Frau hat morgen Geburtstag, jetzt habe ich kein Geschenk. {first} {last}'],
  ['Re: Ihre Bestellung wurde storniert', 'Warum erfahre ich das erst aus dem Internet und nicht von euch? {first}'],
  [
    'Rechtslage',
    'Nach § 119 BGB müssen Sie unverzüglich anfechten. Ist das hiermit geschehen? Ich bitte um eine schriftliche Antwort.\n{first} {last}',
  ],
  ['Drei bestellt', 'Ich gebe zu, ich habe drei bestellt. Meine Schuld. Aber wenigstens einen? {first} {last}'],
  [
    'Werbung mit falschem Preis',
    'Der Preis stand auch in der App. Wer prüft so etwas bei Ihnen? Ich bin ehrlich enttäuscht.\n{first} {last}',
  ],
  ['Kein Vorwurf', 'Fehler passieren, ich arbeite selbst im Handel. Wollte nur sagen: Haltet durch heute Abend ;) {first}'],
] as const;

/** A price error in the evening and what it brings within forty minutes (specification 4.6.6, as far as mail goes). */
export function playStorm(scene: Scene): void {
  const { now, chance } = scene;
  const newCustomer = customerMaker(chance);
  const begin = atClock(now, 1, '18:02').getTime();
  const threads = voices.map(([subject, text], i) => {
    const writer = newCustomer();
    const body = text.replace('{first}', writer.first).replace('{last}', writer.last);
    const at = new Date(Math.min(begin + i * 200_000, now.getTime() - (voices.length - i) * 90_000));
    const thread = scene.mail(at, { from: writer, subject, text: body });
    return { thread, writer, at };
  });
  const last = threads.at(-1)?.at ?? now;
  scene.act(new Date(Math.min(begin + 14 * 60_000, last.getTime())), null, async () => {
    const first = threads[0];
    if (first?.thread.conversationId)
      await desk(scene, 'luise').note(
        first.thread,
        'Preisfehler Kaffeevollautomat (19,90 statt 199,00 €), 17:05 bis 17:50 Uhr online. Grundtext: Fehler zugeben, keine Ausreden, Vorkasse geht heute zurück, 15 % auf Kaffeegeräte als Entschuldigung. Jede Antwort mit eigener erster Zeile.',
        ['kim', 'petra', 'tobias'],
      );
  });
  const openings: Record<number, [string, string]> = {
    2: ['sven', 'ja, es war ein Fehler, und du nimmst es erstaunlich sportlich.'],
    4: ['sabine', 'Ihre 19,90 € gehen heute noch zurück, das dauert bei Vorkasse zwei bis drei Tage.'],
    5: ['marek', 'die Bohnen kommen wie bestellt, storniert ist nur der Automat.'],
    11: ['sven', 'danke für dein „Haltet durch“ – das hängt jetzt über der Kaffeemaschine (der bezahlten).'],
  };
  for (const [index, [who, opening]] of Object.entries(openings)) {
    const one = threads[Number(index)];
    if (!one) continue;
    scene.act(new Date(Math.min(last.getTime() + (10 + Number(index)) * 240_000, now.getTime() - 70_000)), one.thread, async () => {
      const adviser = desk(scene, who);
      await desk(scene, 'luise').change(one.thread, { tags: ['preisfehler'], team: who === 'sven' ? 'rostock' : 'erfurt' });
      await adviser.describe(one.thread, { topic: 'payment_invoice' });
      const isInformal = /\b(du|dein)/.test(opening);
      const rest = isInformal
        ? 'Der Automat stand heute eine Dreiviertelstunde lang mit 19,90 € statt 199,00 € im Netz, eine Null war verrutscht. Zu dem Preis können wir ihn leider nicht liefern. Als Entschuldigung bekommst du 15 % auf jedes Kaffeegerät, der Code KOMMASTELLE gilt bis Monatsende.'
        : 'Der Automat stand heute eine Dreiviertelstunde lang mit 19,90 € statt 199,00 € im Netz, eine Null war verrutscht. Zu dem Preis können wir ihn leider nicht liefern. Als Entschuldigung bekommen Sie 15 % auf jedes Kaffeegerät, der Code KOMMASTELLE gilt bis Monatsende.';
      await adviser.answer(one.thread, letter(`${opening} ${rest}`, one.writer, adviser.persona));
      await adviser.resolve(one.thread, 'Preisfehler erklärt, Gutscheincode genannt.');
    });
  }
  scene.act(new Date(Math.min(last.getTime() + 20 * 60_000, now.getTime() - 60_000)), null, async () => {
    for (const [i, { thread }] of threads.entries())
      if (!(i in openings)) await desk(scene, 'luise').change(thread, { tags: ['preisfehler'], priority: i === 8 ? 'high' : 'normal' });
  });
}
