import { lazy } from 'react';

/** Fetched when somebody asks. */
export const ConversationLogDialog = lazy(() => import('./log-dialog.tsx').then((file) => ({ default: file.ConversationLog })));
