import { smtpClient } from './smtp-client.ts';

/** Mails as from a sender that keeps each until it hears 250, and repeats it until then. */
export function stubbornSender(address: string, mail: (id: string, tries: number) => string) {
  const acknowledged = new Set<string>();
  const refused = new Map<string, number>();
  let isDone = false;
  const deliver = async (ids: string[]): Promise<void> => {
    for (const id of ids) {
      for (let tries = 0; !acknowledged.has(id) && !isDone; tries += 1) {
        try {
          const client = await smtpClient(address);
          for (const one of ids.slice(ids.indexOf(id))) {
            const reply = await client.deliver('klein@kunde.test', ['service@shop.test'], mail(one, tries));
            if (!reply.startsWith('250')) {
              refused.set(reply.slice(0, 3), (refused.get(reply.slice(0, 3)) ?? 0) + 1);
              client.end();
              throw new Error(reply);
            }
            acknowledged.add(one);
          }
          client.end();
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
    }
  };
  return {
    acknowledged,
    refused,
    deliver,
    giveUp() {
      isDone = true;
    },
  };
}
