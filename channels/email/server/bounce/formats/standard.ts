import { findCommand, findReply, findStatus } from '../decision/codes.ts';
import { noteField, readField } from '../fields.ts';
import { type Letter, originalMarks, splitAt } from '../letter.ts';
import { isSilent } from '../phrases/index.ts';
import type { BounceReason, Finding } from '../reasons.ts';
import { addressIn, isAddress, tidy } from '../words.ts';
import { Collector, type Format } from './collector.ts';

// Categories of PowerMTA's reports, from its manual.
const categories: Record<string, BounceReason> = {
  'bad-domain': 'hostunknown',
  'bad-mailbox': 'userunknown',
  'inactive-mailbox': 'suspend',
  'message-expired': 'expired',
  'no-answer-from-host': 'networkerror',
  'bad-connection': 'networkerror',
  'policy-related': 'policyviolation',
  'quota-issues': 'mailboxfull',
  'routing-errors': 'systemerror',
  'relaying-issues': 'norelaying',
  'spam-related': 'spamdetected',
  'virus-related': 'virusdetected',
  'content-related': 'contenterror',
};
// Lines before the fields that say nothing about the failure.
const skipped = /^(?:Content-|This is a MIME|This is a multi|This is an auto|This multi-part|###|\*\*\*|--)|--- The follow|--- Transcript/;

/** Any system that sends the fields of RFC 3464, in a part of their own or loose in the text. */
export const standard: Format = {
  name: 'RFC 3464',
  isFrom: (letter) => /^(?:Final-Recipient|Original-Recipient):/im.test(letter.body),
  read,
};

function read(letter: Letter): Finding[] {
  // A bare header stands for the original only where nothing better does.
  const marks = originalMarks.some((mark) => letter.body.includes(mark)) ? originalMarks : ['\n\nReturn-Path:'];
  let [report] = splitAt(letter.body, marks);
  // A report forwarded as an attachment.
  if (!report.includes('@')) {
    const inner = letter.body.slice(report.length).replace(/^Content-Type: .*\n[\s\S]*?\n\n/, '');
    [report] = splitAt(inner, marks);
  }
  const to = new Collector();
  const before: string[] = [];
  const comments = new Map<Finding, string>();
  let hasFields = false;
  let inDiagnosis = false;
  let alias = '';
  let localHost = '';
  for (const line of report.split('\n').map((l) => l.trimEnd())) {
    if (line === '') continue;
    const field = readField(line);
    if (!hasFields) {
      hasFields = /^Content-Type: message\/delivery-status/i.test(line) || (field !== null && field.kind !== 'text');
      if (field === null || !hasFields) {
        if (!skipped.test(line) && !hasFields) before.push(line);
        continue;
      }
    }
    const wasDiagnosis = inDiagnosis;
    inDiagnosis = field?.kind === 'code';
    if (field === null) {
      const category = /^X-PowerMTA-BounceCategory: *(\S+)/i.exec(line)?.[1];
      if (category) to.current.reason = categories[category.toLowerCase()] ?? '';
      else if (wasDiagnosis && line.startsWith(' ')) {
        to.current.diagnosis += ` ${line.trim()}`;
        inDiagnosis = true;
      } else if (!/^(?:Content-|--|X-[\w-]+:|[\w-]+: )/.test(line)) before.push(line);
    } else if (field.name === 'final-recipient') {
      const address = addressIn(field.value);
      if (isAddress(address) && address !== to.current.recipient) to.recipient(address);
    } else if (field.kind === 'address') alias ||= addressIn(field.value);
    else if (field.kind === 'code') {
      to.current.type = field.type;
      to.current.diagnosis += ` ${field.value}`;
    } else {
      if (field.comment !== '') comments.set(to.current, field.comment);
      noteField(to.current, field);
      if (field.name === 'reporting-mta') localHost = field.value;
    }
  }
  if (to.count === 0 && hasFields && isAddress(alias)) {
    to.current.recipient = alias;
    to.count = 1;
  }
  const text = tidy(before.join(' '));
  return to.result((finding) => {
    finding.localHost ||= localHost;
    // The server's own words count; the text around them only where those say nothing ("554 Rejected", X.400's numbers).
    if (isSilent(finding.diagnosis))
      finding.diagnosis = tidy(`${finding.diagnosis} ${comments.get(finding) ?? ''} ${to.findings.length === 1 ? text : ''}`);
    finding.command = findCommand(finding.diagnosis) || findCommand(text);
    finding.replyCode = findReply(finding.diagnosis, finding.status) || findReply(text, finding.status);
    finding.status ||= findStatus(finding.diagnosis, finding.replyCode) || findStatus(text);
  });
}
