import { caseEndpoints as cases } from '../../../contract/cases.ts';
import { conversationEndpoints } from '../../../contract/conversations.ts';
import { customersEndpoints as customers } from '../../../contract/customers.ts';
import { desk } from '../desk.ts';
import { letter } from '../greet.ts';
import { pdf } from '../mail/documents.ts';
import { photo } from '../mail/pictures.ts';
import type { Scene, Thread } from '../scene.ts';
import { openShop } from '../shop/shop.ts';
import { atClock, dueAt } from '../times.ts';
import { klein } from './cast.ts';

/** The empty laptop parcel with two hand-overs (specification 4.6.4): nineteen years a customer, one commitment broken, one due today. */
export function playLaptop(scene: Scene): void {
  const { now, chance } = scene;
  const berlin = (daysAgo: number, clock: string) => atClock(now, daysAgo, clock);
  const repair = scene.mail(berlin(38, '16:20'), {
    from: klein,
    subject: 'Laptop flackert',
    text: `Guten Tag,

der Bildschirm meines Laptops (gekauft im letzten Herbst, 1.300 Euro in 24 Raten, 12 sind bezahlt) flackert und wird manchmal schwarz. Ich bitte um Reparatur.

Mit freundlichen Grüßen
Marianne Klein
Kundennummer 207 113 508`,
  });
  scene.act(berlin(38, '17:05'), repair, async () => {
    const tobias = desk(scene, 'tobias');
    await tobias.describe(repair, { topic: 'defect_warranty', wish: 'Reparatur des Laptops' });
    const sent = await tobias.answer(
      repair,
      letter(
        `das Gerät ist gut ein Jahr alt, also reparieren wir es für Sie ohne Kosten. Bitte geben Sie es in der Originalverpackung bei der Post ab, der Aufkleber liegt bei. Lassen Sie sich das Gewicht auf den Beleg drucken und heben Sie ihn auf. Die Werkstatt braucht etwa zehn Werktage; ich melde mich, sobald sie begonnen hat.`,
        klein,
        tobias.persona,
      ),
    );
    await tobias.tell(repair, sent, 'information', 'Reparatur ohne Kosten, Gewährleistung; Gewicht auf den Postbeleg drucken lassen');
    const { conversation } = await tobias.call(conversationEndpoints.open, { id: repair.conversationId });
    const customer = await tobias.call(customers.get, { id: conversation.customerId });
    await tobias.call(customers.addNote, {
      id: customer.id,
      text: 'Kundin seit 19 Jahren. 2021 Tablet mit Defekt getauscht. Schreibt genau, freut sich über Termine, die gehalten werden. Lieber Mail als Telefon.',
    });
    await tobias.call(customers.change, {
      id: customer.id,
      version: customer.version,
      salutation: 'formal',
      preferences: { channel: 'email', accessibility: [] },
    });
    await tobias.resolve(repair, 'Reparatur angenommen, Aufkleber verschickt.');
  });

  const main = scene.mail(berlin(12, '11:06'), {
    from: klein,
    subject: 'Leeres Paket?!',
    text: `Sehr geehrte Damen und Herren,

heute rief mich Ihre Werkstatt an: Das Paket mit meinem Laptop sei LEER angekommen. Ich habe ihn selbst eingepackt, mit dem Netzteil und der Tasche. Den Postbeleg hänge ich an, da steht das Gewicht drauf: 2.940 g. Ein leerer Karton wiegt das ja wohl nicht.

Ich brauche das Gerät beruflich und zahle weiter jeden Monat die Rate. Bitte sagen Sie mir, was jetzt geschieht.

Marianne Klein`,
    files: [
      pdf('Einlieferungsbeleg.pdf', ['Einlieferungsbeleg', 'Paket nach Kassel, Werkstatt', 'Gewicht 2.940 g']),
      photo('Karton.png', chance, 'label'),
    ],
  });
  openShop(scene, 792).sold(main, { writer: klein, reference: 'HK-27330115', about: 'Laptop', way: 'delivered', daysAgo: 6 });
  scene.act(berlin(12, '11:40'), main, async () => {
    const tobias = desk(scene, 'tobias');
    await desk(scene, 'luise').change(main, { priority: 'high', tags: ['nachforschung', 'reparatur'] });
    await tobias.describe(main, {
      topic: 'defect_warranty',
      subject: 'Leeres Laptop-Paket nach Reparatur',
      wish: 'Ihr Gerät oder ihr Geld, und ein Ende der Ungewissheit',
      priority: 'high',
    });
    await tobias.facts(main, [
      ['price', 'Kaufpreis', '1.300,00 € in 24 Raten, 12 bezahlt', 'Ratenkonto'],
      ['weight_in', 'Gewicht bei der Post', '2.940 g', 'Einlieferungsbeleg'],
      ['weight_out', 'Gewicht in der Werkstatt', '410 g', 'Scan Werkstatt'],
      ['serial', 'Seriennummer', 'HKL-77 402 118', 'Auftrag'],
    ]);
    const sent = await tobias.answer(
      main,
      letter(
        `ein leerer Karton wiegt keine 2.940 g, da haben Sie recht. Die Werkstatt hat 410 g gewogen; das Gerät ist also auf dem Weg verschwunden, nicht bei Ihnen. Ich habe die Nachforschung ausgelöst und Ihre Raten angehalten. In drei Tagen, bis 18 Uhr, sage ich Ihnen, was dabei herausgekommen ist.`,
        klein,
        tobias.persona,
      ),
    );
    await tobias.promise(main, sent, 'Ergebnis der Nachforschung mitteilen', atClock(now, 9, '18:00'));
  });
  scene.fallDue(berlin(9, '18:01'));
  scene.followUp(berlin(8, '08:31'), main, {
    from: klein,
    text: `Guten Morgen,

gestern bis 18 Uhr sollte ich Bescheid bekommen. Ich habe am Rechner meiner Nachbarin gesessen und gewartet. Nichts. Zweimal angerufen, beim ersten Mal sollte ich alles von vorn erzählen, beim zweiten Mal hat jemand im Hintergrund gelacht.

Ich bin seit neunzehn Jahren Kundin bei Ihnen. So etwas habe ich noch nicht erlebt.

Marianne Klein`,
  });
  scene.act(berlin(8, '09:10'), main, async () => {
    await firstHandover(scene, main);
    const kim = desk(scene, 'kim');
    kim.pause(15);
    const pending = await kim.call(cases.handovers, { to: 'me', pending: 'true' });
    const id = pending.items[0]?.id;
    if (!id) throw new Error('The hand-over did not arrive');
    await kim.call(cases.readBrief, { id });
    kim.pause(30);
    await kim.call(cases.accept, { id });
    kim.pause(600);
    const sent = await kim.answer(
      main,
      letter(
        `mein Name ist Kim Sommer, und ab heute bin ich für Sie zuständig, bis die Sache zu Ende ist. Ich habe alles gelesen; Sie müssen nichts noch einmal erzählen.

Wir haben Ihnen eine Antwort bis 18 Uhr zugesagt und das nicht gehalten. Das war falsch, und ich entschuldige mich dafür. Auch für das Lachen, das Sie gehört haben: Es galt nicht Ihnen, aber das macht es nicht besser.

Das Ergebnis: Das Gerät ist zwischen Post und Werkstatt verloren gegangen, das ist unser Risiko. Sie bekommen die zwölf gezahlten Raten samt Zinsen zurück, zusammen 727,92 €, die übrigen zwölf sind gestrichen. Das Geld ist in drei Tagen auf Ihrem Konto.`,
        klein,
        kim.persona,
      ),
    );
    await kim.tell(main, sent, 'decision', 'Verlust in unserem Risiko: 727,92 € zurück (12 Raten mit Zinsen), 12 Raten gestrichen');
    refunds.set(scene, await kim.promise(main, sent, '727,92 € auf dem Konto', atClock(now, 5, '20:00')));
  });
  scene.act(berlin(6, '14:00'), main, async () => {
    const id = refunds.get(scene);
    if (id) await desk(scene, 'kim').keep(id, 'Überweisung gebucht, Bankbeleg liegt vor');
  });
  scene.followUp(berlin(5, '10:22'), main, {
    from: klein,
    text: `Guten Tag Herr oder Frau Sommer,

das Geld ist da, danke. Ihre Mail war die erste, die mir das Gefühl gab, dass jemand zuhört.

Nun brauche ich einen neuen Laptop, bis 1.500 Euro, wieder 15 Zoll, leise. Können Sie mir etwas empfehlen?

Marianne Klein`,
  });
  scene.act(berlin(5, '11:15'), main, () => secondHandover(scene, main));
  scene.act(berlin(5, '13:30'), main, async () => {
    const mehmet = desk(scene, 'mehmet');
    const waiting = await mehmet.call(cases.handovers, { to: 'me', pending: 'true' });
    const id = waiting.items[0]?.id;
    if (!id) throw new Error('The second hand-over did not arrive');
    await mehmet.call(cases.readBrief, { id });
    mehmet.pause(200);
    await mehmet.call(cases.accept, { id });
    await mehmet.answer(
      main,
      letter(
        `Kim Sommer hat mich gebeten, Ihnen ein leises 15-Zoll-Gerät herauszusuchen; zuständig bleibt Kim. Mein Vorschlag ist der „Kontor Book 15“ für 1.499 €: 1,6 kg, unter Schreibarbeit ohne Lüfter, drei Jahre Gewährleistung statt zwei. Er liegt im Lager und kann in zwei Tagen bei Ihnen sein. Wenn Sie „ja“ antworten, bestelle ich ihn, und Kim begleitet die Lieferung.`,
        klein,
        mehmet.persona,
      ),
    );
  });
  scene.followUp(berlin(5, '15:02'), main, {
    from: klein,
    text: 'Ja, bitte. Danke für die Erklärung ohne Fachchinesisch.\n\nMarianne Klein',
  });
  scene.act(berlin(5, '15:20'), main, async () => {
    const mehmet = desk(scene, 'mehmet');
    await mehmet.answer(
      main,
      letter(
        'bestellt. Die Bestellnummer ist HK-27330115, das Paket kommt übermorgen mit Unterschrift. Kim Sommer sieht an dem Tag selbst nach.',
        klein,
        mehmet.persona,
      ),
    );
    await desk(scene, 'thorsten').change(main, { team: 'leipzig', assigneeId: scene.office.personId('kim') });
  });
  scene.followUp(berlin(1, '17:40'), main, {
    from: klein,
    text: `Das darf nicht wahr sein. Der neue Laptop ist da, und er startet nicht. Schwarzer Schirm, Logo, schwarzer Schirm, immer im Kreis. Foto anbei. Die Handbücher fehlen auch.

Ich möchte nicht noch einmal etwas einschicken. Und ich überlege, mich an den Vorstand zu wenden.

Marianne Klein`,
    files: [photo('IMG_0119.png', chance, 'device')],
  });
  scene.act(berlin(1, '18:02'), main, async () => {
    const kim = desk(scene, 'kim');
    await kim.change(main, { priority: 'urgent', tags: ['nachforschung', 'reparatur', 'beschwerde'] });
    await kim.facts(main, [
      ['new_order', 'Ersatzgerät', 'HK-27330115, startet nicht (Startschleife)', 'Kundin'],
      ['missing', 'Fehlt', 'Handbücher', 'Kundin'],
      ['complaint', 'Beschwerde', 'Umgang am Telefon; Vorstand angekündigt', 'Kundin'],
    ]);
    await kim.note(
      main,
      'Heute bis Feierabend Termin für den Tausch an der Haustür nennen. Leihgerät anbieten, sie ist seit 12 Tagen ohne. Beschwerde „Umgang“ nimmt Luise persönlich.',
      ['luise'],
    );
    const sent = await kim.answer(
      main,
      letter(
        `das tut mir aufrichtig leid, nach allem auch noch das. Sie schicken nichts ein. Wir tauschen an Ihrer Haustür: Der Fahrer bringt ein neues Gerät, schaltet es bei Ihnen ein, und erst wenn es läuft, nimmt er das andere mit. Die Handbücher lege ich selbst dazu.

Heute bis zum Abend nenne ich Ihnen die Uhrzeit. Ein Leihgerät kann ich Ihnen schon vorher bringen lassen, sagen Sie mir, ob Sie es möchten.

Wenn Sie an den Vorstand schreiben möchten, ist das Ihr gutes Recht; dann sage ich Ihnen, wohin. Meine Teamleiterin Luise Wagner meldet sich außerdem bei Ihnen wegen des Telefonats.`,
        klein,
        kim.persona,
      ),
    );
    await kim.promise(main, sent, 'Uhrzeit für den Tausch an der Haustür nennen', dueAt(now, 0, '20:00'));
  });
  scene.followUp(new Date(now.getTime() - 3 * 3_600_000), main, {
    from: klein,
    text: `Guten Morgen,

ein Leihgerät bitte ja. Und den Tausch gern zwischen 16 und 18 Uhr, vorher bin ich arbeiten. Dass Sie die Handbücher selbst dazulegen, rechne ich Ihnen an.

Marianne Klein`,
  });
}

const refunds = new WeakMap<Scene, string>();

async function firstHandover(scene: Scene, thread: Thread): Promise<void> {
  const tobias = desk(scene, 'tobias');
  await tobias.claim(thread);
  tobias.pause(120);
  await tobias.call(cases.handOver, {
    id: await tobias.caseOf(thread),
    conversationId: thread.conversationId,
    to: { personId: scene.office.personId('kim') },
    mode: 'warm',
    brief: {
      who: 'Marianne Klein, Kundin seit 19 Jahren',
      concern: '„Das Paket mit meinem Laptop sei LEER angekommen. Ein leerer Karton wiegt das ja wohl nicht.“',
      facts: [
        { label: 'Gewicht Post / Werkstatt', value: '2.940 g / 410 g' },
        { label: 'Kaufpreis', value: '1.300,00 € in 24 Raten, 12 bezahlt' },
        { label: 'Raten', value: 'angehalten' },
      ],
      done: 'Nachforschung ausgelöst; Ergebnis liegt vor: verloren zwischen Post und Werkstatt, unser Risiko',
      promised: 'Ergebnis bis gestern 18 Uhr – nicht gehalten, ich war krank und niemand hat übernommen',
      openQuestion: '',
      wish: 'Gerät oder Geld, und ein Ende der Ungewissheit. Eine Person, die zuständig bleibt.',
    },
  });
  await scene.office.stage.drain();
}

async function secondHandover(scene: Scene, thread: Thread): Promise<void> {
  const kim = desk(scene, 'kim');
  await kim.claim(thread);
  kim.pause(90);
  await kim.call(cases.handOver, {
    id: await kim.caseOf(thread),
    conversationId: thread.conversationId,
    to: { personId: scene.office.personId('mehmet') },
    mode: 'cold',
    brief: {
      who: 'Marianne Klein, Kundin seit 19 Jahren',
      concern: '„Nun brauche ich einen neuen Laptop, bis 1.500 Euro, wieder 15 Zoll, leise.“',
      facts: [{ label: 'Budget', value: '1.500 €' }],
      done: '727,92 € erstattet, alte Raten gestrichen',
      promised: 'nichts offen, was den neuen Laptop betrifft',
      openQuestion: 'Welches Gerät passt?',
      wish: 'Eine Empfehlung in verständlichen Worten. Ich bleibe Ansprechperson.',
    },
  });
  await scene.office.stage.drain();
}
