import { lazy } from 'react';

/** Seldom needed, so it is fetched when it is. */
export const ResolveManyDialog = lazy(() => import('./resolve-many-dialog.tsx').then((file) => ({ default: file.ResolveManyDialog })));
