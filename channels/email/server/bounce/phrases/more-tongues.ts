import type { BounceReason } from '../reasons.ts';

// German, French, Dutch, Spanish, Italian, Russian and Japanese servers, as T-Online, GMX, Strato, OVH and others write.
export const moreTongues: [BounceReason, RegExp][] = [
  [
    'mailboxfull',
    /postfach (?:ist |des empfängers ist )?(?:voll|(?:ü|ue)berf(?:ü|ue)llt)|mailbox ist voll|speicher(?:platz|volumen) .{0,60}(?:(?:ü|ue)berschritten|ersch(?:ö|oe)pft)|quota (?:ü|ue)berschritten|boîte .{0,40}pleine|mailbox vol\b|buzón .{0,20}lleno|casella .{0,40}piena|posta kutusu .{0,20}dolu|kota .{0,20}aş|skrzynka .{0,30}(?:pełna|przepełniona)|caixa .{0,30}cheia|ящик .{0,30}переполнен|メールボックスがいっぱい/u,
  ],
  [
    'userunknown',
    /(?:empf(?:ä|ae)nger|benutzer|adresse|mailbox|postfach|e-?mail-?adresse) .{0,60}(?:unbekannt|existiert nicht|nicht bekannt|nicht gefunden|nicht vorhanden|ung(?:ü|ue)ltig)|unbekannte(?:r|) (?:empf(?:ä|ae)nger|benutzer|adresse)|kein (?:benutzer|postfach) mit|(?:utilisateur|destinataire|adresse|compte|boîte) .{0,60}(?:inconnue?|inexistante?|n'existe pas)|(?:usuario|destinatario|dirección|cuenta|buzón) .{0,30}(?:desconocid[oa]|no existe|inexistente)|(?:utente|destinatario|indirizzo|casella) .{0,30}(?:sconosciut[oa]|inesistente|non esiste)|(?:gebruiker|ontvanger|adres) .{0,30}(?:onbekend|bestaat niet)|onbekende gebruiker|(?:użytkownik|odbiorca|adres|konto|skrzynka) .{0,30}(?:nieznan[ya]|nie istnieje)|nie ma takiego konta|(?:usuário|utilizador|destinatário|endereço|conta) .{0,30}(?:desconhecid[oa]|não existe|inexistente)|(?:kullanıcı|alıcı|adres|posta kutusu) .{0,30}(?:bulunamadı|yok|bilinmiyor|geçersiz)|нет такого пользователя|пользователь не найден|ユーザが存在しません|宛先が見つかりません/u,
  ],
  [
    'hostunknown',
    /(?:domain|dom(?:ä|ae)ne|rechner) .{0,60}(?:existiert nicht|unbekannt|nicht gefunden)|unbekannte (?:domain|domäne)|домен .{0,30}не существует/u,
  ],
  ['suspend', /(?:konto|postfach|benutzer) .{0,40}(?:gesperrt|deaktiviert|abgeschaltet|stillgelegt)|compte .{0,40}(?:désactivé|suspendu)/u],
  [
    'mesgtoobig',
    /(?:nachricht|e-?mail|mail) (?:ist )?zu gro(?:ß|ss)|maximale (?:nachrichten)?gr(?:ö|oe)(?:ß|ss)e|message trop volumineux/u,
  ],
  ['spamdetected', /als spam (?:erkannt|eingestuft|klassifiziert|abgelehnt)|spam-?verdacht/u],
  ['virusdetected', /(?:virus|viren|malware|schadsoftware).{0,20} (?:gefunden|erkannt|enthalten)|enthält (?:einen )?virus/u],
  ['expired', /(?:zeit|frist) .{0,60}(?:abgelaufen|(?:ü|ue)berschritten)|verz(?:ö|oe)gert|zustellversuche/u],
  ['blocked', /(?:ip-?adresse|server) .{0,60}(?:gesperrt|blockiert|blacklist)/u],
];
