import { readFileSync } from 'node:fs';
import type { ChannelSuite } from '../../contract/channel-suite.ts';

const fixture = (name: string) => ({ content: readFileSync(new URL(`fixtures/${name}`, import.meta.url)), mediaType: 'application/json' });
const thread = '3f2a9c8d1e4b5a69788796a5b4c3d2e1f0a1b2c3';

export const suite: ChannelSuite = {
  account: { address: 'www.shop.example', settings: { origins: ['https://www.shop.example'] } },
  fixtures: [
    {
      name: 'a guest’s first message, with a file and an address for the time after',
      raw: fixture('message.json'),
      becomes: [
        {
          kind: 'message',
          platformId: `${thread}.m-0000001`,
          from: { kind: 'handle', value: `chat:${thread}`, label: 'gast-3f2a9c8d1e', name: 'Erna Klein' },
          text: 'Guten Tag,\npasst der Kühlschrank durch eine Tür von 68 cm?\n\nErreichbar per E-Mail: erna.klein@kunde.example',
          reachableAt: [{ name: 'Erna Klein', address: 'erna.klein@kunde.example' }],
          attachments: [{ filename: 'tuer.txt', mediaType: 'text/plain', inline: false }],
          facts: ['address_claimed'],
          authentic: 'unknown',
          threading: { threadKeys: [thread] },
        },
      ],
    },
    {
      name: 'a message of somebody signed in',
      raw: fixture('signed-in.json'),
      becomes: [
        {
          kind: 'message',
          from: { kind: 'mail', value: 'erna.klein@kunde.example', name: 'Erna Klein', isProved: true },
          language: 'en',
          facts: ['signed_in'],
          authentic: 'pass',
        },
      ],
    },
    {
      name: 'the news that answers were read',
      raw: fixture('read.json'),
      becomes: [{ kind: 'receipt', state: 'read', platformId: '01930000-0000-7000-8000-000000000001' }],
    },
  ],
  unknownEvent: fixture('unknown-event.json'),
  unreadable: { content: Buffer.from('{"type":"message"'), mediaType: 'application/json' },
  addresses: [
    [' www.Shop.example ', 'www.shop.example'],
    [`chat:${thread}`, `chat:${thread}`],
    ['two words', null],
    ['', null],
  ],
};
