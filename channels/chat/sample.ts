import type { SampleAccount } from '../../contract/channel.ts';

/** The chat of the sample company, with a page of ours to try it on. */
export const sample: SampleAccount = {
  name: 'Hansekontor',
  address: 'www.hansekontor.example',
  settings: {
    origins: ['https://www.hansekontor.example'],
    greeting: 'Moin! Womit können wir helfen?',
    choices: ['Wo ist mein Paket?', 'Ich möchte etwas zurückgeben', 'Eine Frage vor dem Kauf'],
    accent: '#0f766e',
    tryOutPage: true,
  },
};
