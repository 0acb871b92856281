import { type AnyRoute, createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import type { JSX } from 'react';
import { allTexts } from '../i18n/i18n.ts';
import { stands } from '../standing.ts';
import type { Page, WebModule } from './module.ts';

interface Parts {
  modules: readonly WebModule[];
  /** Drawn around every page that needs a signed-in person. */
  frame: () => JSX.Element;
  notFound: () => JSX.Element;
  failed: (props: { error: unknown; reset: () => void }) => JSX.Element;
  /** Runs before a page within the frame; throws a redirect when nobody is signed in. */
  guard: (location: { href: string }) => Promise<void>;
  /** Where the address `/` leads the signed-in person. */
  home: () => string;
}

/** A page comes with all it says; what has to stand there first brings that itself, and says itself when it stands. */
async function withTexts({ load, first }: Page): ReturnType<Page['load']> {
  const [page] = await Promise.all([load(), first || allTexts()]);
  if (!first) stands();
  return page;
}

/** Builds the application's routes from its rooms; every page is a chunk of its own, fetched when its link is pointed at. */
export function buildRouter({ modules, frame, notFound, failed, guard, home }: Parts) {
  const root = createRootRoute({ component: Outlet, notFoundComponent: notFound, errorComponent: failed });
  const framed = createRoute({ getParentRoute: () => root, id: 'frame', component: frame, beforeLoad: ({ location }) => guard(location) });
  const pages = modules.flatMap((module) => module.pages);
  const route = (page: (typeof pages)[number], parent: AnyRoute): AnyRoute =>
    createRoute({
      getParentRoute: () => parent,
      path: page.path,
      component: lazyRouteComponent(() => withTexts(page)),
      errorComponent: failed,
    });
  const start = createRoute({
    getParentRoute: () => root,
    path: '/',
    beforeLoad: async ({ location }) => {
      await guard(location);
      throw redirect({ to: home(), replace: true });
    },
  });
  // An address nobody knows keeps the frame: the way on stands in the menu.
  const lost = createRoute({ getParentRoute: () => framed, path: '$', component: notFound });
  const tree = root.addChildren([
    start,
    framed.addChildren([...pages.filter((page) => !page.open).map((page) => route(page, framed)), lost]),
    ...pages.filter((page) => page.open).map((page) => route(page, root)),
  ]);
  return createRouter({ routeTree: tree, defaultPreload: 'intent', scrollRestoration: true });
}
