import { lazy } from 'react';
import { firstStands } from '../../platform/standing.ts';

/** Fetched when the page stands: on most days there is no storm. */
export const StormBanner = lazy(() => import('./desk/storm-banner.tsx').then((file) => ({ default: file.StormBanner })));
export const StormLines = lazy(() =>
  firstStands.then(() => import('./desk/storm-lines.tsx')).then((file) => ({ default: file.StormLines })),
);
