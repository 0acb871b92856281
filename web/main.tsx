import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { order } from './modules/order.ts';
import { Frame, guard, homePath, PageFailed, PageMissing, provideModules } from './modules/workspace/index.ts';
import { type Language, preferredLanguage, type Sources, startLanguages } from './platform/i18n/i18n.ts';
import { listenForKeys } from './platform/keys/keys.ts';
import { queries } from './platform/realtime/live.ts';
import type { WebModule } from './platform/router/module.ts';
import { buildRouter } from './platform/router/router.tsx';
import './ui/styles.css';

const found = import.meta.glob<{ module: WebModule }>('./modules/*/module.tsx', { eager: true });
const modules = order.map((id) => found[`./modules/${id}/module.tsx`]?.module).filter((module) => module !== undefined);

/** What stands on screen first, and what only pages and dialogs say that somebody goes to: `pages.*.json` and the texts of errors. */
const sources: Sources = {};
const later: Sources = {};
const strings = {
  ...import.meta.glob<{ default: Record<string, unknown> }>('./modules/*/{strings,pages,errors}.*.json'),
  ...import.meta.glob<{ default: Record<string, unknown> }>('./platform/i18n/{strings,errors}.*.json'),
};
for (const [path, load] of Object.entries(strings)) {
  const [, room = '', kind, language = ''] =
    /(?:modules\/([^/]+)|platform\/i18n)\/(\w+)\.(\w+)\.json$/.exec(path)?.map((part) => part ?? 'platform') ?? [];
  // An error code names its room itself, so the texts of all codes are one namespace.
  const byLanguage = ((kind === 'strings' ? sources : later)[kind === 'errors' ? 'errors' : room] ??= {});
  (byLanguage[language as Language] ??= []).push(load);
}

provideModules(modules);
listenForKeys();
const router = buildRouter({ modules, frame: Frame, notFound: PageMissing, failed: PageFailed, guard, home: homePath });
const start = async (): Promise<void> => {
  await startLanguages(sources, later, preferredLanguage());
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  createRoot(root).render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
};
void start();
