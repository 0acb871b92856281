import { lazy } from 'react';

/** Fetched when somebody asks. */
export const MacroDialog = lazy(() => import('./apply-dialog.tsx').then((file) => ({ default: file.ApplyDialog })));
