// Lines that phones and webmailers add by themselves. Each must fill its line: "Von meinem iPhone gesendet wurde nichts" is text.

const patterns: RegExp[] = [
  /^(?:von|aus|über|mit|per) (?:meine[mnr]?(?:\/meine[mnr])?|unterwegs|dem|der) .{1,80}(?:gesendet|versendet|geschickt|verschickt)\.?$/iu,
  /^von (?:samsung|galaxy|huawei|xiaomi|pixel)[ -].{1,40}gesendet\.?$/iu,
  /^(?:von unterwegs|unterwegs) (?:gesendet|geschrieben|getippt)\.?$/iu,
  /^(?:diese (?:nachricht|e-?mail|mail) wurde|diese) (?:von|mit|über|aus) .{1,120}(?:gesendet|versendet|verfasst|geschrieben|verschickt|erstellt)\.?$/iu,
  /^(?:kurz )?(?:gesendet|verschickt|versendet|geschrieben|getippt) (?:von|mit|über|aus|vom|per|auf) .{1,120}$/iu,
  /^(?:holen sie sich|hol dir|laden sie) .{0,20}outlook .{0,60}$/iu,
  /^outlook für (?:android|ios|mac|windows)(?: herunterladen| beziehen| abrufen)?.{0,80}$/iu,
  /^(?:sent|sent on the go) (?:from|via|with|by|using|on) .{1,120}$/iu,
  /^(?:get|download) (?:outlook|bluemail|yahoo|gmail|proton).{1,100}$/iu,
  /^from my .{1,30}$/iu,
  /^[\p{L}\p{N}]+ from mobile\.?$/iu,
  /^(?:please excuse|excuse|sorry for) .{0,30}(?:brevity|typos|typoze).{0,30}$/iu,
  /^envoyé (?:depuis|de|avec|à partir de|par|via|du) .{1,100}$/iu,
  /^(?:obtenir|téléchargez) outlook .{1,60}$/iu,
  /^inviato (?:da|dal|con|dall.) ?.{1,80}$/iu,
  /^scarica outlook .{1,60}$/iu,
  /^enviad[oa] (?:desde|do|de|con|com|a partir|por|via) .{1,80}$/iu,
  /^(?:obtener|obter) .{0,3}outlook .{1,60}$/iu,
  /^(?:verzonden|verstuurd) (?:met|vanaf|via|met behulp van|vanuit) .{1,80}$/iu,
  /^outlook voor (?:ios|android).{0,60}$/iu,
  /^(?:sendt|sent|sendes|skickat|skickades|hämta) (?:fra|fra min|från|från min|med|via) .{1,80}$/iu,
  /^från min .{1,40}$/iu,
  /^(?:lähetetty|lähettäjänä) .{1,60}$/iu,
  /^(?:wysłane?|wysłano|wiadomość wysłana) (?:z|ze|za pomocą|przez) .{1,80}$/iu,
  /^(?:odesláno|odoslané|poslané|posláno) (?:z|ze|pomocí|cez) .{1,60}$/iu,
  /^.{0,40}(?:iphone|ipad|android|samsung).{0,30}(?:dan|den|'?umdan|'?imden) gönderildi\.?$/iu,
  /^(?:отправлено|надіслано) (?:с|из|со|з|із) .{1,60}$/iu,
  /^küldve .{1,60}$/iu,
  /^(?:從我的|从我的|发自我的|發自我的|来自我的) ?.{1,40}$/u,
  /^.{1,20}から送信$/u,
];

/** Whether the line is one that a phone or webmailer adds on its own, or a signature line of German mail services. */
export function isDeviceSignature(line: string): boolean {
  if (line.length > 300) return false;
  const text = line
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/<https?:[^>]*>/g, '')
    .replace(/https?:\/\/\S+/g, '')
    .replace(/^[\s(<*_[-]+|[\s)>*_\]]+$/g, '')
    .trim();
  return text !== '' && patterns.some((pattern) => pattern.test(text));
}

/** The line of RFC 3676, 4.3 that begins a signature; without its trailing blank, as most of them arrive. */
export function isSignatureMark(line: string): boolean {
  return /^--[\s\u00a0]*$/.test(line) || /^(?:—|–{2})\s*$/.test(line);
}
