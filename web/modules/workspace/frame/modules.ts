import type { WebModule } from '../../../platform/router/module.ts';

let all: readonly WebModule[] = [];

/** Given by `main.tsx`, the only one that sees every room. */
export const provideModules = (modules: readonly WebModule[]): void => {
  all = modules;
};
export const modules = (): readonly WebModule[] => all;
