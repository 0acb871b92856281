import { conversationEndpoints as conversations } from '../../../contract/conversations.ts';
import { desk } from '../desk.ts';
import { customerMaker } from '../everyday/customers.ts';
import type { Scene } from '../scene.ts';
import { openShop } from '../shop/shop.ts';

/** Lena’s first mail with her mentor Olaf (specification 4.6.9), as far as these rooms reach: a mail suitable for training, a draft by Olaf, a note. */
export function playTraining(scene: Scene): void {
  const { now, chance } = scene;
  const writer = customerMaker(chance)('f');
  const at = new Date(now.getTime() - 100 * 60_000);
  const thread = scene.mail(at, {
    from: writer,
    subject: 'Wo ist mein Päckchen?',
    text: `Hallo,\n\nmein Päckchen (Bestellung HK-26440718) wurde gestern Abend zuletzt in Nürnberg gesehen. Kommt es heute noch? Ich bin ab 15 Uhr weg.\n\n${writer.first} ${writer.last}`,
  });
  openShop(scene, 793).sold(thread, { writer, reference: 'HK-26440718', about: 'Bluse', way: 'underway', daysAgo: 4 });
  scene.act(new Date(now.getTime() - 80 * 60_000), thread, async () => {
    await desk(scene, 'luise').change(thread, { team: 'regensburg', tags: ['sendung', 'zum lernen'] });
    const olaf = desk(scene, 'olaf');
    await olaf.describe(thread, { topic: 'delivery_where' });
    await olaf.facts(thread, [['last_scan', 'Letzter Scan', 'Verteilzentrum Nürnberg, vor 21 Stunden', 'Paketdienst']]);
    await olaf.note(thread, 'Für Lena: Schreib ihr, was *du* tust, und nur Termine, die du halten kannst. Ich lese gegen.');
    await olaf.call(conversations.saveDraft, {
      id: thread.conversationId,
      kind: 'reply',
      text: `Guten Tag Frau ${writer.last},\n\nIhr Päckchen wurde zuletzt gestern Abend in Nürnberg gescannt. Ich habe`,
      baseSeq: 1,
      version: 0,
    });
  });
}
