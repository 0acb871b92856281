import type { MenuItem, WebModule } from '../../../platform/router/module.ts';
import { isHeld, signedIn } from '../session.ts';

let all: readonly WebModule[] = [];

/** Given by `main.tsx`, the only one that sees every room. */
export const provideModules = (modules: readonly WebModule[]): void => {
  all = modules;
};
export const modules = (): readonly WebModule[] => all;

/** The room on top comes first. */
export const menuItems = (): (MenuItem & { room: string })[] =>
  all.toReversed().flatMap(({ id, menu }) => (menu ?? []).map((item) => ({ ...item, room: id })));

export const mayOpen = ({ rights, scope }: MenuItem, held: Readonly<Record<string, readonly string[] | undefined>>): boolean =>
  !rights || rights.some((right) => isHeld(held[right], scope));

/** The first page the signed-in person has something to do on: the inbox, for an administrator the administration, for everybody the own account. */
export function homePath(): string {
  const held = signedIn()?.rights ?? {};
  const open = menuItems().filter((item) => mayOpen(item, held));
  return (open.find(({ place }) => place === 'main') ?? open.find(({ place }) => place === 'end'))?.path ?? '/account';
}
