import type { Everyday } from './everyday.ts';

/** Customers who write in their own language; they are answered in it. */
export const foreign: Everyday[] = [
  {
    topic: 'delivery_where',
    tags: ['sendung'],
    language: 'en',
    subject: 'Where is my order?',
    text: `Hello,

I ordered a desk lamp ({order}) eight days ago and the tracking page is only in German. As far as I can tell it says “Sendung wurde sortiert”. Could you tell me when it will arrive? I am only at home in the evenings.

Kind regards,
{name}`,
    answer: `thank you for writing, and sorry about the page – it should have followed your browser’s language. “Sendung wurde sortiert” means the parcel has reached the depot near you. It will be delivered on {w+1}, {d+1}; I have asked for the evening round, between 6 and 9 pm. If that does not work for you, reply with a day that does and I will change it.`,
    promise: { text: 'Lieferung in der Abendrunde, 18 bis 21 Uhr', days: 1 },
    after: `It arrived last night at 7. Thank you for the evening slot, that really helped!`,
  },
  {
    topic: 'return',
    tags: ['retoure'],
    language: 'en',
    subject: 'Return from abroad',
    text: `Dear team,

I bought a rain coat while living in Leipzig and have meanwhile moved to Rotterdam. It does not fit. Can I still send it back from the Netherlands, and who pays for the shipping? Order {order}.

Best wishes,
{name}`,
    answer: `yes, you can return it from the Netherlands, and we pay the shipping: I have sent you a label that any parcel shop of the Dutch post will scan. Your 14 days run until {d+5}, so there is no rush. The refund goes to the account you paid from, within a few days of the coat reaching us.`,
  },
  {
    topic: 'delivery_empty',
    tags: ['transportschaden'],
    language: 'en',
    subject: 'Broken mirror',
    text: `Hi there, the mirror came in about forty pieces. I took a photo before sweeping up. No hard feelings but I would like a whole one :) {order} Cheers, {first}`,
    files: ['crack'],
    answer: `forty pieces is thirty-nine too many – thank you for being so good-humoured about it. A whole one leaves today in a wooden frame and reaches you on {w+3}, {d+3}. Please do not send the shards back; glass for recycling is fine. And mind your fingers!`,
    promise: { text: 'Neuer Spiegel im Holzrahmen', days: 3 },
    after: `All in one piece this time. Thanks a lot!`,
  },
  {
    topic: 'payment_instalments',
    tags: ['ratenkauf'],
    language: 'en',
    subject: 'Question about “Ratenzahlung”',
    text: `Good morning,

could you please explain in English what happens if I pay one instalment a few days late because my salary arrives on the 3rd? I do not want any trouble with the Schufa.

Regards
{name}, customer {number}`,
    answer: `a few days late does no harm: nothing is reported to any credit bureau, and we would always write to you first. The better solution is to move the due date – I can set it to the 5th of each month, then your salary is there in time. Just reply “yes” and it applies from the next instalment on.`,
    after: `Yes please! That solves it, thank you.`,
  },
  {
    topic: 'return_exchange',
    tags: ['umtausch'],
    language: 'tr',
    subject: 'Beden değişimi',
    text: `Merhaba,

{order} numaralı siparişimdeki mont bana küçük geldi, bir beden büyüğü ile değiştirmek istiyorum. Almancam pek iyi değil, Türkçe yazabilir misiniz?

Saygılarımla
{name}`,
    answer: `elbette Türkçe yazışabiliriz. Montun bir büyük bedeni elimizde var; bugün yola çıkıyor ve {d+2} tarihinde sizde olacak. Küçük gelen montu 14 gün içinde ücretsiz geri gönderebilirsiniz, etiket paketin içinde. Başka bir sorunuz olursa bana doğrudan yazabilirsiniz.`,
    promise: { text: 'Größere Jacke kommt', days: 2 },
    after: `Çok teşekkür ederim, mont tam oldu!`,
  },
  {
    topic: 'delivery_where',
    tags: ['sendung'],
    language: 'pl',
    subject: 'Gdzie jest moja paczka?',
    text: `Dzień dobry,

zamówiłam ekspres do kawy ({order}) i od trzech dni status się nie zmienia. Czy mogą Państwo sprawdzić, co się dzieje?

Z poważaniem
{name}`,
    sex: 'f',
    answer: `sprawdziłam: paczka stoi w magazynie pod Poznaniem, bo kurier miał stary kod pocztowy. Poprawiłam go, ekspres będzie u Pani {d+2}. Jeśli coś się zmieni, napiszę od razu.`,
    promise: { text: 'Kaffeemaschine kommt nach Adresskorrektur', days: 2 },
  },
];
