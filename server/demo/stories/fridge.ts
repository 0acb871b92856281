import { desk } from '../desk.ts';
import { letter } from '../greet.ts';
import { photo } from '../mail/pictures.ts';
import type { Scene } from '../scene.ts';
import { openShop } from '../shop/shop.ts';
import { atClock, dueAt } from '../times.ts';
import { aydin, aydinsMother } from './cast.ts';

/** The refrigerator that does not fit through the door (specification 4.6.1), and the mother who writes in Turkish. */
export function playFridge(scene: Scene): void {
  const { now, chance } = scene;
  const berlin = (daysAgo: number, clock: string) => atClock(now, daysAgo, clock);
  const thread = scene.mail(berlin(2, '10:31'), {
    from: aydin,
    subject: 'Kühlschrank passt nicht durch die Haustür!!',
    text: `Hallo,

die Fahrer stehen gerade vor der Tür, der Kühlschrank geht nicht rein. 96 cm mit Verpackung, unsere Haustür ist 88. Ohne Verpackung 91, auch zu viel. Sie nehmen ihn jetzt wieder mit. Den alten haben sie schon mitgenommen!!! Ich stehe hier mit Milch für ein Baby und ohne Kühlschrank.

Was jetzt?
Elif Aydın`,
    files: [photo('IMG_3381.png', chance, 'device')],
  });
  openShop(scene, 791).sold(thread, { writer: aydin, reference: 'HK-26118204', about: 'Kühlschrank', way: 'failed', daysAgo: 9 });
  scene.act(berlin(2, '10:38'), thread, async () => {
    const mehmet = desk(scene, 'mehmet');
    await desk(scene, 'luise').change(thread, { team: 'beratung', priority: 'urgent', tags: ['spedition', 'passt nicht'] });
    await mehmet.claim(thread);
    await mehmet.describe(thread, {
      topic: 'delivery_bulky_fit',
      wish: 'Heute noch eine Lösung: kühlen können, Milch für das Baby',
      subject: 'Kühlschrank passt nicht durch die Haustür',
      priority: 'urgent',
    });
    await mehmet.facts(thread, [
      ['order', 'Bestellung', 'HK-26118204', 'Auftrag'],
      ['packed_depth', 'Packmaß Tiefe', '96 cm (Gerät 91 cm)', 'Artikel'],
      ['narrowest', 'Engste Stelle', 'Haustür 88 cm', 'Kundin'],
      ['old_device', 'Altgerät', 'bereits mitgenommen', 'Fahrer, 10:12'],
      ['payment', 'Zahlung', 'Rechnung, noch nicht fällig', 'Auftrag'],
    ]);
    await mehmet.note(
      thread,
      'Fahrer erreicht: Gerät ist auf dem Rückweg ins Depot, Leihkühlschrank 50 l steht dort bereit. Packmaß wurde im Bestellweg übersprungen, Schmerzpunkt notiert.',
    );
    const sent = await mehmet.answer(
      thread,
      letter(
        `ohne Kühlschrank und mit Baby – das lösen wir heute. Um 13 Uhr bringt Ihnen ein Fahrer einen kleinen Leihkühlschrank (50 Liter, passt sicher durch die Tür), er kostet nichts und bleibt, bis der richtige da ist.

Für den richtigen gibt es drei Wege:
1. Sie treten zurück. Dann ist die Rechnung gestrichen, Sie zahlen nichts, auch keinen Rücktransport.
2. Wir tauschen gegen ein schmaleres Gerät. Bis 85 cm Tiefe verpackt passen bei uns drei; am nächsten kommt Ihrem der „Nordlicht 72“ (Tiefe 72 cm, ein Fach weniger).
3. Zweiter Versuch mit ausgehängter Haustür. Das klappt nur, wenn die Zarge selbst mindestens 92 cm hat. Mögen Sie kurz nachmessen?

Eine kurze Antwort mit 1, 2 oder 3 genügt. Ihre Bestellnummer habe ich, die brauchen Sie nicht herauszusuchen.`,
        aydin,
        mehmet.persona,
      ),
    );
    const loan = await mehmet.promise(
      thread,
      sent,
      'Leihkühlschrank kommt um 13 Uhr',
      new Date(Math.min(berlin(2, '13:30').getTime(), now.getTime() + 3_600_000)),
    );
    loans.set(scene, loan);
  });
  scene.act(berlin(2, '13:12'), thread, async () => {
    const id = loans.get(scene);
    if (id) await desk(scene, 'mehmet').keep(id, 'Fahrer meldet Übergabe des Leihgeräts um 13:04');
  });
  scene.followUp(berlin(2, '14:20'), thread, {
    from: aydin,
    text: `Leihkühlschrank ist da, danke!! Das war wirklich schnell.

Wir nehmen 2, also den Nordlicht 72, und treten vom großen zurück. Zarge ist 89, das wird nichts. Wann käme der?

Elif Aydın`,
  });
  scene.act(berlin(2, '15:05'), thread, async () => {
    const mehmet = desk(scene, 'mehmet');
    const due = dueAt(now, 2, '12:00');
    const day = new Intl.DateTimeFormat('de-DE', { timeZone: 'Europe/Berlin', weekday: 'long', day: 'numeric', month: 'long' }).format(due);
    const sent = await mehmet.answer(
      thread,
      letter(
        `Ihr Rücktritt vom großen Kühlschrank ist heute um 14:20 Uhr bei uns eingegangen, diese Mail ist Ihre Bestätigung. Die Rechnung ist gestrichen, es kommt keine Mahnung.

Der Nordlicht 72 ist reserviert: ${day}, zwischen 8 und 12 Uhr, mit Anschluss. Der Leihkühlschrank fährt dann wieder mit zurück. Die Rechnung dafür beginnt erst, wenn er bei Ihnen steht und läuft.

Dass niemand Sie vorher nach der engsten Stelle gefragt hat, ärgert mich. Die Frage stand im Bestellweg, man konnte sie aber überspringen. Ich habe das an den Einkauf gegeben, mit Ihrer Geschichte.`,
        aydin,
        mehmet.persona,
      ),
    );
    await mehmet.tell(
      thread,
      sent,
      'decision',
      'Rücktritt vom Gerät HK-26118204 bestätigt, Rechnung gestrichen, keine Rücktransportkosten',
    );
    await mehmet.promise(thread, sent, 'Lieferung Nordlicht 72 mit Anschluss, 8 bis 12 Uhr', due, new Date(due.getTime() - 4 * 3_600_000));
  });

  const mother = scene.mail(berlin(1, '18:05'), {
    from: aydinsMother,
    subject: 'Kızımın buzdolabı',
    text: `İyi akşamlar,

ben Elif Aydın'ın annesiyim. Kızım çalışıyor, teslimat günü evde ben olacağım. Almancam iyi değil. Yeni buzdolabı hangi saatte gelecek? Kapıyı sökmemiz gerekiyor mu? Bir de küçük buzdolabını boşaltmamız lazım mı?

Teşekkür ederim
Hatice Aydın`,
  });
  scene.act(berlin(1, '18:26'), mother, async () => {
    const mehmet = desk(scene, 'mehmet');
    await desk(scene, 'luise').change(mother, { team: 'beratung', tags: ['spedition', 'türkisch'] });
    await mehmet.describe(mother, { topic: 'delivery_bulky', wish: 'Will wissen, was am Liefertag vorzubereiten ist' });
    await mehmet.note(
      mother,
      'Mutter von Frau Aydın (Kühlschrank). Sie ist am Liefertag zuhause. Zu Rechnung und Vertrag nur Frau Aydın Auskunft geben.',
      ['kim'],
    );
    await mehmet.answer(
      mother,
      letter(
        `yazdığınız için teşekkür ederim. Buzdolabı sabah 8 ile 12 arasında gelecek; şoför yola çıkmadan yarım saat önce arayacak. Kapıyı sökmenize gerek yok, yeni model kapıdan rahatça geçiyor. Küçük buzdolabını lütfen o sabah boşaltın, arkadaşlar onu geri götürecek. Kurulumu da onlar yapıyor, siz hiçbir şey taşımayın.`,
        aydinsMother,
        mehmet.persona,
        'tr',
      ),
    );
  });
  scene.followUp(new Date(now.getTime() - 95 * 60_000), mother, {
    from: aydinsMother,
    text: `Çok sağ olun. Bir sorum daha var: şoför Türkçe bilmiyorsa size telefon edebilir miyim? Hangi numara?

Hatice Aydın`,
  });
}

const loans = new WeakMap<Scene, string>();
