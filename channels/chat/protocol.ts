// What travels between the widget and the server. The widget imports types only.

/** One message as the visitor sees it. */
export interface ShownMessage {
  /** The visitor's own carry the id they were given in the page. */
  id: string;
  isMine: boolean;
  text: string;
  author: string;
  /** ISO 8601. */
  at: string;
  files: { id: string; name: string; size: number; isReady: boolean }[];
  /** Read by the other side: ours by the visitor, the visitor's by us. */
  isRead: boolean;
}

/** How long a first answer took lately, in full minutes; `unknown`: too few of them to say anything. */
export type Wait = { from: number; to: number } | 'unknown';

export interface ShownState {
  messages: ShownMessage[];
  /** Null once somebody has answered, and before anything was said. */
  wait: Wait | null;
  isStaffed: boolean;
  /** Where answers go when the visitor is gone. */
  address: string | null;
  /** The talk is over; one more message begins it again. */
  isOver: boolean;
}

/** How the chat presents itself. */
export interface Look {
  name: string;
  greeting: string;
  choices: string[];
  privacyUrl: string;
  files: { maxBytes: number; maxCount: number; mediaTypes: readonly string[] } | null;
  longestText: number;
}

export interface Started {
  secret: string;
  look: Look;
  state: ShownState;
}

export type ServerFrame =
  | { kind: 'state'; state: ShownState }
  | { kind: 'writing'; is: boolean }
  /** Asked whether it is: the line lives. */
  | { kind: 'there' }
  /** `unknown_secret`, `signed_out`, `bad_token`: nothing more comes on this line. */
  | { kind: 'refused'; code: string };

export type ClientFrame = { secret: string; token?: string | undefined } | { writing: boolean } | { read: true } | { there: true };
