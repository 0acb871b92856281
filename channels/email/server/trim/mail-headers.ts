// Header blocks that mail programs put above an unmarked quote ("Von: … Gesendet: … An: … Betreff: …").

type Field = 'from' | 'date' | 'to' | 'cc' | 'subject' | 'other';

// de en fr nl it es ca pt pl cs sk sl hr bg sv da no fi et lt tr ru uk el hu ro zh ja ko he ar
const labels: Record<Field, string[]> = {
  from: [
    'von',
    'from',
    'absender',
    'de',
    'expéditeur',
    'van',
    'da',
    'remitente',
    'od',
    'från',
    'fra',
    'lähettäjä',
    'kimden',
    'gönderen',
    'от',
    'від',
    'feladó',
    'de la',
    '发件人',
    '寄件者',
    '差出人',
    'afzender',
    'mittente',
    'από',
    'saatja',
    'nuo',
    '보낸사람',
    '寄件人',
    'מאת',
    'من',
    '보낸 사람',
  ],
  date: [
    'gesendet',
    'gesendet am',
    'datum',
    'sent',
    'date',
    'envoyé',
    'date d’envoi',
    'verzonden',
    'inviato',
    'data',
    'enviado',
    'enviado el',
    'enviado em',
    'enviada em',
    'fecha',
    'wysłano',
    'data wysłania',
    'odesláno',
    'skickat',
    'sendt',
    'dato',
    'dátum',
    'lähetetty',
    'päivämäärä',
    'tarih',
    'gönderildi',
    'gönderme tarihi',
    'отправлено',
    'дата',
    'надіслано',
    'elküldve',
    'trimis',
    '发送时间',
    '日期',
    '送信日時',
    'le',
    'sendedatum',
    'verschickt',
    'στάλθηκε',
    'ημερομηνία',
    'poslano',
    'odoslané',
    'изпратено',
    'saadetud',
    'kuupäev',
    'išsiųsta',
    'enviat',
    '送信日',
    '寄件日期',
    '傳送時間',
    '时间',
    'נשלח',
    'תאריך',
    'التاريخ',
    '보낸 날짜',
    '날짜',
    'تم الإرسال',
  ],
  to: [
    'an',
    'to',
    'à',
    'aan',
    'a',
    'para',
    'do',
    'komu',
    'till',
    'til',
    'vastaanottaja',
    'kime',
    'alıcı',
    'кому',
    'címzett',
    'către',
    '收件人',
    '宛先',
    'destinataire',
    'empfänger',
    'destinatario',
    'für',
    'προς',
    'prima',
    'za',
    'до',
    'adressaat',
    'kam',
    '收件者',
    'אל',
    'إلى',
    'per a',
    '받는 사람',
    '받는사람',
  ],
  cc: ['cc', 'kopie', 'kopie (cc)', 'copie', 'dw', 'kopia', 'bcc', 'kopi', 'kopio', 'копия', '抄送', 'bilgi'],
  subject: [
    'betreff',
    'subject',
    'objet',
    'onderwerp',
    'oggetto',
    'asunto',
    'assunto',
    'temat',
    'předmět',
    'predmet',
    'ämne',
    'emne',
    'aihe',
    'konu',
    'тема',
    'tárgy',
    'subiect',
    '主题',
    '主旨',
    '件名',
    'betr',
    'betrifft',
    'θέμα',
    'zadeva',
    'teema',
    'tema',
    '제목',
    'נושא',
    'الموضوع',
    '主題',
  ],
  other: [
    'reply-to',
    'antwort an',
    'antworten an',
    'répondre à',
    'risposta',
    'beantwoorden - aan',
    'organisation',
    'organization',
    'newsgroups',
    'priorität',
    'importance',
    'wichtigkeit',
    'anlagen',
    'anhang',
    'attachments',
    'message-id',
    'user-agent',
    'x-mailer',
    'antwort an',
    'responder a',
  ],
};

const fieldOf = new Map<string, Field>(Object.entries(labels).flatMap(([field, names]) => names.map((name) => [name, field as Field])));

/** Field of a header line, decorations such as "*Von:*" or "> " apart; null if it is none. */
export function headerField(line: string): { field: Field; value: string } | null {
  if (line.length > 2000) return null;
  // A field's name is short: without a colon near the beginning there is none, whatever follows.
  const at = line.search(/[:：]/);
  const m = at < 0 || at > 80 ? null : /^[\s>*_|]*([\p{L}][\p{L} ()’'-]{0,28}?)\s*[*_]*\s*[:：][*_]*(.*)$/u.exec(line);
  if (!m) return null;
  const field = fieldOf.get((m[1] ?? '').toLowerCase().trim());
  return field === undefined ? null : { field, value: (m[2] ?? '').trim() };
}

/** Fields further on in the line, where a conversion from HTML has put the block on one: "Von: … Gesendet: … An: … Betreff: …". */
function fieldsWithin(value: string): Field[] {
  const words = value.matchAll(/(?<=\s)\*?(\p{L}{1,20})\s?:\*?\s/gu);
  return [...words].flatMap((word) => fieldOf.get((word[1] ?? '').toLowerCase()) ?? []);
}

/** A run of header lines. `end` is the line after the last one. */
export interface HeaderRun {
  start: number;
  end: number;
}

/**
 * Finds a header block that begins at this line. Three different fields are asked for, two after a separator line, and a
 * subject or an address among them: "Von: Köln, An: Bonn, Datum: 3. 4." in a customer's own text is no mail header.
 */
export function readHeaderRun(lines: readonly string[], start: number, afterSeparator: boolean): HeaderRun | null {
  const first = headerField(lines[start] ?? '');
  if (first === null || first.field === 'to' || first.field === 'cc' || first.field === 'other') return null;
  const seen = new Set<Field>(fieldsWithin(first.value));
  let hasAddress = false;
  let end = start;
  for (let i = start; i < lines.length && i < start + 40; i++) {
    const line = lines[i] ?? '';
    const header = headerField(line);
    if (header) {
      seen.add(header.field);
      if (/@/.test(header.value)) hasAddress = true;
      end = i + 1;
      // A list of a dozen "Von:" lines is somebody's table.
      if (i - start > 12 && seen.size < 3) return null;
      continue;
    }
    // A long value runs over lines; blank lines stand between the fields in some HTML conversions. Only if fields follow.
    const next = lines.slice(i + 1, i + 4).findIndex((l) => headerField(l) !== null);
    if (next < 0 || (line.trim() === '' && next > 0) || seen.size === 0) break;
    if (/@/.test(line)) hasAddress = true;
  }
  const enough = seen.size >= (afterSeparator ? 2 : 3);
  const isMail =
    seen.has('from') &&
    (seen.has('subject') || hasAddress || afterSeparator) &&
    (seen.has('date') || seen.has('subject') || seen.has('to'));
  return enough && isMail ? { start, end } : null;
}

// "-----Ursprüngliche Nachricht-----" in its languages, with any number of dashes on both sides, and the lines without them.
const separatorWords =
  'ursprüngliche (?:nachricht|mitteilung|e-?mail)|original-?\\s?nachricht|originalnachricht|urspr(?:\\.|ungs)?\\s?nachricht|weitergeleitete (?:nachricht|e-?mail|mail)|weitergeleitet von .{1,100}|nachricht(?: von)? [^-]{1,60}|antwort(?:nachricht)?|original (?:message|e-?mail|mail|appointment)|forwarded (?:message|mail|by|msg).{0,100}|reply message|message (?:d.origine|original|transféré|transmis|réexpédié)|mail original|courriel (?:original|d.origine)|missatge (?:original|reenviat)|e-?mail (?:d.origine|original)|message d.origine|oorspronkelijk bericht|doorgestuurd bericht|messaggio (?:originale|inoltrato)|mensaje (?:original|reenviado)|mensagem (?:original|encaminhada)|wiadomość (?:oryginalna|przekazana)|oryginalna wiadomość|treść (?:przekazanej|oryginalnej) wiadomości|původní (?:zpráva|e-?mail)|přeposlaná zpráva|ursprungligt meddelande|vidarebefordrat meddelande|oprindelig (?:meddelelse|besked)|videresendt (?:meddelelse|melding|besked)|opprinnelig melding|alkuperäinen viesti|välitetty viesti|(?:orijinal|özgün|iletilen|iletilmiş|yönlendirilen) (?:mesaj|ileti|posta)[^-]{0,20}|исходное сообщение|пересылаемое сообщение|пересланное сообщение|вихідне повідомлення|eredeti üzenet|mesaj original|mesaj redirecționat|továbbított üzenet|pôvodná správa|preposlaná správa|(?:izvorna|originalna|proslijeđena) poruka|(?:izvirno|posredovano) sporočilo|оригинално съобщение|препратено съобщение|переслане повідомлення|αρχικό μήνυμα|προωθημένο μήνυμα|algne kiri|edastatud kiri|원본 ?메(?:일|시지)|전달된 메시지|הודעה מקורית|הודעה שהועברה|الرسالة الأصلية|原始邮件|原始郵件|转发的邮件|轉寄郵件|元のメッセージ';
const dashed = new RegExp(`^[\\s>*]*[-–—_=]{2,}\\s*(?:${separatorWords})\\s*[-–—_=]{2,}[\\s*:]*$`, 'iu');
const undashed =
  /^[\s>*]*(?:(?:anfang der weitergeleiteten (?:nachricht|e-?mail)|begin forwarded message|début du message (?:transféré|réexpédié)|begin doorgestuurd bericht|inizio messaggio inoltrato|inicio del mensaje reenviado|início da mensagem (?:encaminhada|reencaminhada)|początek przekazywanej wiadomości|vidarebefordrat brev|start på videresendt besked|videresendt melding|välitetty viesti alkaa|iletilen mesajın başlangıcı|начало переадресованного сообщения)\s*:|(?:ursprüngliche nachricht|original message|message d.origine)\s*:?)[\s*]*$/iu;

// What ticket systems put at the top of their mails.
const replyAbove =
  /^\s*[-#=*_~–—]{2,}\s.*(?:reply above this line|antwort (?:oberhalb|über) dieser (?:zeile|linie)|réponse au-dessus de cette ligne)/iu;

/** Whether the line announces an embedded mail ("-----Original Message-----", "Anfang der weitergeleiteten Nachricht:"). */
export function isSeparator(line: string): boolean {
  return line.length < 200 && (dashed.test(line) || undashed.test(line) || replyAbove.test(line));
}

/** Whether the separator or block speaks of a forward rather than of a quote below a reply. */
export function isForwardSeparator(line: string): boolean {
  return /weitergeleitet|forwarded|transféré|réexpédié|doorgestuurd|inoltrato|reenviado|encaminhada|przekaz|přeposlan|vidarebefordra|videresendt|välitetty|iletilen|yönlendirilen|перес|препрат|reenviat|redirecționat|továbbít|preposlan|proslijeđ|posredovan|προωθημ|edastatud|전달|שהועברה|转发|轉寄/iu.test(
    line,
  );
}
