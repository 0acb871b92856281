import { noteField, readField } from '../fields.ts';
import type { Finding } from '../reasons.ts';
import { addressIn } from '../words.ts';
import type { Collector } from './collector.ts';

/**
 * Reads the fields of a delivery status notification among the lines of a report, folded diagnoses with them.
 * `other` gets every line that is no field.
 */
export function readFields(lines: readonly string[], to: Collector, other: (line: string) => void, finalAddress = addressIn): void {
  const perMessage: Partial<Finding> = {};
  let inDiagnosis = false;
  for (const line of lines) {
    const field = readField(line);
    if (field === null) {
      if (inDiagnosis && line.startsWith(' ')) to.current.diagnosis += ` ${line.trim()}`;
      else {
        inDiagnosis = false;
        other(line);
      }
      continue;
    }
    inDiagnosis = field.kind === 'code';
    if (field.name === 'final-recipient') {
      const address = finalAddress(field.value);
      if (address !== '') to.recipient(address);
    } else if (field.kind === 'code') {
      to.current.type = field.type;
      to.current.diagnosis = field.value;
    } else if (field.name === 'reporting-mta') perMessage.localHost = field.value;
    else noteField(to.current, field);
  }
  for (const finding of to.findings) finding.localHost ||= perMessage.localHost ?? '';
}
