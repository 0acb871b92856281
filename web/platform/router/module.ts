import type { ComponentType } from 'react';
import type { Right, Scope } from '../../../contract/permissions.ts';
import type { RecordEnvelope, StreamEvent } from '../../../contract/stream.ts';
import type { Icon } from '../../ui/icon.ts';
import type { Command } from '../../ui/overlay/command-palette.tsx';

/** What a room tells the application about itself; each room's `module.tsx` exports one as `module`. */
export interface WebModule {
  id: string;
  pages: readonly Page[];
  menu?: readonly MenuItem[];
  /** Answers a typed text in the command palette with things to go to. */
  find?: (query: string, go: (path: string) => void) => Promise<Command[]>;
  /** What a new company sets up here, in the order of a first day. */
  firstSteps?: readonly FirstStep[];
  /** What the tour of the desk shows of this room. */
  tour?: readonly TourStep[];
  /** A hook that runs while somebody is signed in, for what no event tells, such as a time that comes near. */
  useWatch?: (go: (path: string) => void) => void;
  /** Called for every event whose first word is the room's id. Records are already in the store. */
  onEvent?: (event: StreamEvent, records: readonly RecordEnvelope[], go: (path: string) => void) => void;
}

export interface Page {
  /** In the router's notation: `/customers/$customerId`. */
  path: string;
  load: () => Promise<{ default: ComponentType }>;
  /** Reachable without being signed in; drawn without the frame. */
  open?: boolean;
  /** Where people begin: does without the room's `pages.*.json`, and so stands there sooner. */
  first?: true;
}

export const adminGroups = ['people', 'channels', 'company', 'data', 'technical'] as const;

/** What stands in the `palette` only is gone to from there and by its keys. An entry of the administration stands under the heading of its group, in the palette too. */
export type MenuItem = MenuFacts & ({ place: 'main' | 'end' | 'palette' } | { place: 'admin'; group: (typeof adminGroups)[number] });

interface MenuFacts {
  path: string;
  /** Key in the room's strings. */
  label: string;
  icon: Icon;
  /** Shown only to holders of one of these rights. */
  rights?: readonly Right[];
  /** And only in this scope, or in one of these. */
  scope?: Scope | readonly Scope[];
  /** Shortcut, e.g. `g i`. */
  keys?: string;
  /** Stays in the bar of a phone, which has room for three; the others stand under "more". */
  onPhone?: true;
  /** How many things wait there for the person: a small number at the icon, not shown while it is nought. */
  useCount?: () => number;
  /** Key in the room's strings that says what is counted, with `{{count}}`. */
  countLabel?: string;
}

/** One thing a new company does. Nobody ticks it off: `isDone` asks the data. Its title and reason are `firstSteps.<id>.title` and `.why` in the room's strings. */
export interface FirstStep {
  id: string;
  /** Where it is done. */
  path: string;
  isDone: () => Promise<boolean>;
}

/** One stop of the tour. Its title and text are `tour.<id>.title` and `.text` in the room's strings. */
export interface TourStep {
  id: string;
  /** What is pointed out, as a selector; what is not on screen is only spoken of. */
  mark: string;
  /** Where one is led for it. */
  path?: string;
  rights?: readonly Right[];
}
