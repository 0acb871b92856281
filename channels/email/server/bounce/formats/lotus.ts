import { readField } from '../fields.ts';
import { type Letter, originalField, splitAt } from '../letter.ts';
import type { BounceReason, Finding } from '../reasons.ts';
import { addressIn, isAddress, reasonIn } from '../words.ts';
import { Collector, type Format, linesFrom } from './collector.ts';

const dominoSayings: Partial<Record<BounceReason, readonly string[]>> = {
  filtered: ['Cannot route mail to user'],
  systemerror: ['Several matches found in Domino Directory'],
  userunknown: [
    'not listed in Domino Directory',
    'not listed in public Name & Address Book',
    'nicht im Domino-Verzeichnis',
    'no se encuentra en el Directorio de Domino',
    "non r*pertori*dans l'annuaire Domino",
    'Domino ディレクトリには見つかりません',
  ],
};

export const domino: Format = {
  name: 'Domino',
  isFrom: (letter) => /^DELIVERY[ _]FAILURE:/.test(letter.subject),
  read: readDomino,
};

function readDomino(letter: Letter): Finding[] {
  const [report] = splitAt(letter.body, ['Content-Type: message/rfc822']);
  const to = new Collector();
  let isBecause = false;
  for (const line of linesFrom(report, (l) => l.startsWith('Your message'))) {
    if (line === 'was not delivered to:') {
      to.recipient('?');
    } else if (to.current.recipient === '?' && /^ +[^ ]*@[^ ]*$/.test(line)) to.current.recipient = addressIn(line);
    else if (line === 'because:') isBecause = true;
    else if (isBecause) {
      to.current.diagnosis = line;
      isBecause = false;
    } else {
      const field = readField(line);
      if (!field) continue;
      if (field.name === 'final-recipient' && to.current.recipient === '?') to.current.recipient = addressIn(field.value);
      if (field.kind === 'code') {
        to.current.type ||= field.type;
        to.current.diagnosis ||= field.value;
      } else if (field.kind === 'action') to.current.action = field.value;
      else if (field.kind === 'status') to.current.status = field.value;
    }
  }
  return to.result((finding) => {
    finding.reason = reasonIn(finding.diagnosis, dominoSayings);
  });
}

export const notes: Format = {
  name: 'Notes',
  isFrom: (letter) => letter.subject.startsWith('Undeliverable message'),
  read(letter) {
    const [report, original] = splitAt(letter.body, ['------- Returned Message --------']);
    const to = new Collector();
    const lines = linesFrom(report, (l) => l.startsWith('------- Failure Reasons '));
    for (const line of lines) {
      if (/^\S*@\S*$/.test(line)) {
        if (isAddress(line)) {
          const said = to.count === 0 ? to.current.diagnosis : '';
          if (to.count === 0) {
            Object.assign(to.current, { recipient: line, diagnosis: said });
            to.count = 1;
          } else to.recipient(line);
        }
      } else if (!line.startsWith('-')) to.say(line);
    }
    if (to.count === 0 && lines.length > 0) {
      const address = addressIn(originalField(original, 'To'));
      if (address !== '') {
        to.current.recipient = address;
        to.count = 1;
      }
    }
    return to.result((finding) => {
      finding.reason = reasonIn<BounceReason>(finding.diagnosis, {
        networkerror: ['Message has exceeded maximum hop count'],
        userunknown: ['User not listed in public Name & Address Book', 'ディレクトリのリストにありません'],
      });
    });
  },
};
