/** A mail as far as threading among mails goes; ids without brackets. */
export interface CorpusMail {
  messageId: string;
  /** In-Reply-To as it stood in the header, for the question whether it can be trusted. */
  inReplyToRaw: string;
  inReplyTo: string[];
  references: string[];
  /** Milliseconds; null if unknown. */
  date: number | null;
}

export interface CorpusNode {
  id: string;
  /** Positions in the list handed in; several for copies of one mail. */
  mails: number[];
  children: CorpusNode[];
}

/**
 * Builds threads out of a heap of mails in any order: everything joined by References or In-Reply-To, also through mails that
 * are missing, is one thread. A mail's parent is the In-Reply-To if that is a lone id of a mail at hand, else the deepest
 * of its References at hand (as notmuch does: old programs put the author's address or several ids into In-Reply-To).
 */
export function threadCorpus(mails: readonly CorpusMail[]): CorpusNode[][] {
  const nodes = new Map<string, CorpusNode>();
  const union = new Map<string, string>();
  const find = (id: string): string => {
    let root = id;
    for (let next = union.get(root); next !== undefined && next !== root; next = union.get(root)) root = next;
    for (let at = id; at !== root; ) {
      const next = union.get(at) ?? root;
      union.set(at, root);
      at = next;
    }
    return root;
  };
  const links = new Map<string, { strict: string | null; references: string[] }>();
  for (const [index, mail] of mails.entries()) {
    const node = nodes.get(mail.messageId);
    if (node) node.mails.push(index);
    else nodes.set(mail.messageId, { id: mail.messageId, mails: [index], children: [] });
    const references = mail.references.filter((id) => id !== mail.messageId);
    const replies = mail.inReplyTo.filter((id) => id !== mail.messageId);
    for (const id of [...references, ...replies]) union.set(find(id), find(mail.messageId));
    if (!links.has(mail.messageId))
      links.set(mail.messageId, { strict: strictId(mail.inReplyToRaw, replies), references: references.length > 0 ? references : replies });
  }
  const parents = new Map<string, string>();
  const reaches = (from: string, to: string): boolean => {
    for (let at: string | undefined = from; at !== undefined; at = parents.get(at)) if (at === to) return true;
    return false;
  };
  const sorted = [...links].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [id, { strict }] of sorted) if (strict !== null && nodes.has(strict) && !reaches(strict, id)) parents.set(id, strict);
  // Depth is asked only after all sure parents are set, so the result does not depend on the order of the mails.
  const depth = (id: string): number => {
    let count = 0;
    for (let at = parents.get(id); at !== undefined; at = parents.get(at)) count++;
    return count;
  };
  const open = sorted.filter(([id]) => !parents.has(id));
  for (const [id, { references }] of open) {
    let best: string | null = null;
    for (const reference of references) {
      if (!nodes.has(reference) || reaches(reference, id)) continue;
      if (best === null || depth(reference) >= depth(best)) best = reference;
    }
    if (best !== null) parents.set(id, best);
  }
  return assemble(mails, nodes, parents, find);
}

function assemble(
  mails: readonly CorpusMail[],
  nodes: Map<string, CorpusNode>,
  parents: Map<string, string>,
  find: (id: string) => string,
): CorpusNode[][] {
  const threads = new Map<string, CorpusNode[]>();
  const when = (node: CorpusNode) => mails[node.mails[0] ?? 0]?.date ?? 0;
  const byDate = (a: CorpusNode, b: CorpusNode) => when(a) - when(b) || (a.id < b.id ? -1 : 1);
  for (const node of [...nodes.values()].sort(byDate)) {
    const parent = parents.get(node.id);
    if (parent !== undefined) {
      nodes.get(parent)?.children.push(node);
      continue;
    }
    const root = find(node.id);
    const roots = threads.get(root);
    if (roots) roots.push(node);
    else threads.set(root, [node]);
  }
  return [...threads.values()];
}

/** The id of an In-Reply-To that holds one id and nothing else. */
function strictId(raw: string, ids: string[]): string | null {
  return /^\s*<[^<>\s]+>\s*$/.test(raw) ? (ids[0] ?? null) : null;
}
