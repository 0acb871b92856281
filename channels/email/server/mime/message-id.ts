/**
 * Message-IDs of a References, In-Reply-To or Message-ID value, without brackets, in order, without repeats. Free text
 * ("message from A of Monday") and addresses in it are left out: only what stands in brackets counts, or a lone bare id.
 */
export function parseMessageIds(raw: string | null): string[] {
  if (raw === null) return [];
  const ids: string[] = [];
  // Folding inside an id (old Outlook, some gateways) leaves a blank in it.
  for (const m of raw.matchAll(/<([^<>]{1,1000})>/g)) {
    const id = (m[1] ?? '').replace(/\s+/g, '');
    if (id !== '' && !ids.includes(id)) ids.push(id);
    if (ids.length >= 1000) break;
  }
  if (ids.length > 0) return ids;
  const bare = raw.trim();
  return bare.length <= 1000 && /^[^\s<>]+@[^\s<>]+$/.test(bare) ? [bare] : [];
}
