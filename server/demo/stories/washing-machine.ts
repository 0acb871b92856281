import { desk } from '../desk.ts';
import { letter } from '../greet.ts';
import { pdf, winmail } from '../mail/documents.ts';
import type { Scene } from '../scene.ts';
import { atClock, dueAt } from '../times.ts';
import { petersen, petersensNephew } from './cast.ts';

/** An elderly lady, a washing machine and a guarantee that somebody else gave (specification 4.6.2). */
export function playWashingMachine(scene: Scene): void {
  const { now } = scene;
  const berlin = (daysAgo: number, clock: string) => atClock(now, daysAgo, clock);
  const thread = scene.mail(berlin(5, '09:12'), {
    from: petersen,
    subject: 'Waschmaschine',
    text: `Sehr geehrte Damen und Herren,

meine Waschmaschine schleudert nicht mehr. Ich habe sie vor drei Jahren bei Ihnen gekauft. Beim Kauf habe ich einen Zettel von der Firma ExtraSchutz unterschrieben, für eine Garantie. Ich bin 79 Jahre alt und weiss nicht, an wen ich mich wenden soll. Bei ExtraSchutz kam ich am Telefon nur an eine Maschine, die mich nicht verstanden hat.

Können Sie mir bitte helfen? Ich kann gut lesen, aber bitte nicht so klein.

Mit freundlichem Gruss
Annegret Petersen`,
  });
  const copy = scene.mail(berlin(5, '17:48'), {
    from: petersensNephew,
    subject: 'Garantieschein meiner Tante Annegret Petersen',
    text: `Guten Tag,

meine Tante hat Ihnen heute früh wegen ihrer Waschmaschine geschrieben. Anbei der Garantieschein, ich habe ihn für sie eingescannt. Bitte antworten Sie ihr direkt, sie freut sich über eine richtige Antwort.

Gruß
Jens Petersen`,
    files: [
      winmail({
        filename: 'Garantieschein.pdf',
        content: pdf('Garantieschein.pdf', [
          'Garantievertrag',
          'ExtraSchutz Garantie GmbH',
          'Vertrag ES-2023-448 117, gültig bis 14.11.2028',
          'Gerät: Waschmaschine Kontor 7 L',
          'Inhaberin: Annegret Petersen, Husum',
        ]).content,
      }),
    ],
  });
  scene.act(berlin(5, '09:55'), thread, async () => {
    const luise = desk(scene, 'luise');
    await luise.change(thread, { team: 'regensburg', tags: ['garantie', 'einfache sprache'] });
    const olaf = desk(scene, 'olaf');
    await olaf.claim(thread);
    await olaf.describe(thread, {
      topic: 'defect_guarantee',
      subject: 'Waschmaschine schleudert nicht, Garantie bei ExtraSchutz',
      wish: 'Möchte wissen, wer zuständig ist, und jemanden, der sie versteht',
    });
    await olaf.facts(thread, [
      ['bought', 'Gekauft', 'vor drei Jahren bei uns', 'Auftrag'],
      ['warranty_end', 'Gewährleistung bei uns', 'abgelaufen (zwei Jahre)', 'berechnet'],
      ['guarantor', 'Garantiegeber', 'ExtraSchutz Garantie GmbH', 'Kundin'],
      ['letters', 'Wunsch', 'größere Schrift, keine Automaten', 'Kundin'],
    ]);
    await olaf.answer(
      thread,
      letter(
        `ich helfe Ihnen gern. Zuerst das Wichtigste:

Unsere eigene Gewährleistung gilt zwei Jahre. Die sind vorbei. Aber Ihre Garantie bei ExtraSchutz läuft wohl noch. Dann muss ExtraSchutz die Reparatur bezahlen.

Damit ich Ihnen genau sagen kann, was zu tun ist, brauche ich nur eines: Steht auf dem Zettel eine Vertragsnummer und ein Datum? Sie können ihn auch mit der Post an mich schicken: Olaf Brandt, Hansekontor, Kundenservice Regensburg. Sie müssen nichts noch einmal erklären.`,
        petersen,
        olaf.persona,
      ),
    );
  });
  scene.act(berlin(5, '18:20'), copy, async () => {
    await desk(scene, 'luise').change(copy, { team: 'regensburg', tags: ['garantie'] });
    const olaf = desk(scene, 'olaf');
    await olaf.describe(copy, { topic: 'defect_guarantee', wish: 'Antwort bitte direkt an die Tante' });
    await olaf.note(
      copy,
      'Der Anhang kommt als winmail.dat, darin der Garantieschein: ExtraSchutz, Vertrag ES-2023-448 117, gültig bis 14.11.2028. Antwort geht an Frau Petersen.',
    );
    await olaf.answer(
      copy,
      letter(
        'vielen Dank, der Schein ist gut lesbar angekommen. Ich antworte Ihrer Tante noch heute selbst und in Ruhe. Schön, dass Sie ihr das Einscannen abgenommen haben.',
        petersensNephew,
        olaf.persona,
      ),
    );
    await olaf.resolve(copy, 'Garantieschein erhalten, Antwort geht an Frau Petersen.');
  });
  scene.act(berlin(5, '18:52'), thread, async () => {
    const olaf = desk(scene, 'olaf');
    const due = dueAt(now, 2, '16:00');
    const day = new Intl.DateTimeFormat('de-DE', { timeZone: 'Europe/Berlin', weekday: 'long', day: 'numeric', month: 'long' }).format(due);
    await olaf.facts(thread, [
      ['contract', 'Garantievertrag', 'ES-2023-448 117', 'Garantieschein'],
      ['contract_end', 'Gültig bis', '14.11.2028', 'Garantieschein'],
    ]);
    const sent = await olaf.answer(
      thread,
      letter(
        `Ihr Neffe hat mir den Schein geschickt. Es ist so:

Zuständig ist ExtraSchutz, nicht Hansekontor. Ihre Garantie gilt noch bis zum 14. November 2028.

Bitte machen Sie diese drei Schritte:

1. Rufen Sie an: 0800 5550 333, werktags 8 bis 17 Uhr. Drücken Sie die 0, dann kommt ein Mensch.
2. Sagen Sie: „Meine Waschmaschine schleudert nicht. Mein Vertrag hat die Nummer ES-2023-448 117.“
3. Legen Sie den Kaufbeleg bereit. Eine Kopie liegt in dem Brief, den ich Ihnen heute schicke, in großer Schrift.

Wenn Sie möchten, rufen wir auch zu dritt an. Dann erkläre ich alles, und Sie hören zu. Schreiben Sie mir einfach „zu dritt“.

Am ${day} rufe ich Sie an und frage, ob es geklappt hat.`,
        petersen,
        olaf.persona,
      ),
    );
    await olaf.tell(
      thread,
      sent,
      'information',
      'Zuständig ist ExtraSchutz (Garantie bis 14.11.2028), nicht wir; Telefon, Satz und Unterlagen genannt',
    );
    await olaf.promise(thread, sent, 'Anruf bei Frau Petersen: Hat es mit ExtraSchutz geklappt?', due);
    await olaf.claim(thread);
    await olaf.note(thread, 'Brief in 16 Punkt mit Belegkopie ist raus. ExtraSchutz bekommt von uns keine Daten, sie ruft selbst an.');
    await olaf.step(thread, 'need_third_party');
  });
}
