import { lazy } from 'react';

/** Fetched beside the page: on most days there is no storm. */
export const StormBanner = lazy(() => import('./desk/storm-banner.tsx').then((file) => ({ default: file.StormBanner })));
export const StormLines = lazy(() => import('./desk/storm-lines.tsx').then((file) => ({ default: file.StormLines })));
