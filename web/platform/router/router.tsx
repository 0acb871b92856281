import { type AnyRoute, createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { WebModule } from './module.ts';

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

/** Builds the application's routes from its rooms; every page is a chunk of its own, fetched when its link is pointed at. */
export function buildRouter({ modules, frame, notFound, failed, guard, home }: Parts) {
  const root = createRootRoute({ component: Outlet, notFoundComponent: notFound, errorComponent: failed });
  const framed = createRoute({ getParentRoute: () => root, id: 'frame', component: frame, beforeLoad: ({ location }) => guard(location) });
  const pages = modules.flatMap((module) => module.pages);
  const route = (page: (typeof pages)[number], parent: AnyRoute): AnyRoute =>
    createRoute({ getParentRoute: () => parent, path: page.path, component: lazyRouteComponent(page.load), errorComponent: failed });
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
