import { isHexColour } from '../colour.ts';
import { sign } from '../widget/elements.ts';
import { memoryFor } from '../widget/memory.ts';
import { createPanel } from '../widget/panel.ts';
import { createTalk } from '../widget/talk.ts';
import { type Looks, sheetFor } from '../widget/style.ts';
import { languageOf, wordsIn } from '../widget/words.ts';

/** One button in the corner of the page. Until it is clicked nothing is asked, stored or read; the tag itself says how it looks. */
function begin(tag: HTMLScriptElement): void {
  const { account = '', accent = '', position, theme, lang } = tag.dataset;
  if (account === '' || document.querySelector(`[data-nahbar-chat="${CSS.escape(account)}"]`)) return;
  const language = languageOf(lang ?? document.documentElement.lang ?? '');
  const words = wordsIn(language);
  const looks: Looks = {
    accent: isHexColour(accent) ? accent : '#1d4ed8',
    position: position === 'left' ? 'left' : 'right',
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
  };
  const host = document.createElement('div');
  host.dataset['nahbarChat'] = account;
  host.lang = language;
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(sheetFor(looks));
  root.adoptedStyleSheets = [sheet];
  const launch = document.createElement('button');
  launch.type = 'button';
  launch.className = 'launch';
  launch.setAttribute('aria-label', words.open);
  launch.setAttribute('aria-haspopup', 'dialog');
  launch.append(sign('talk'));
  root.append(launch);
  document.body.append(host);

  let panel: ReturnType<typeof createPanel> | undefined;
  const close = (): void => {
    if (panel) panel.node.hidden = true;
    launch.hidden = false;
    launch.focus();
  };
  launch.addEventListener('click', () => {
    launch.hidden = true;
    panel ??= open();
    panel.node.hidden = false;
    panel.show();
    panel.focus();
  });

  function open(): ReturnType<typeof createPanel> {
    const memory = memoryFor(account);
    const talk = createTalk(
      { base: new URL(tag.src).origin, accountId: account, language, token: () => tag.dataset['token'] || undefined },
      memory,
      {
        state: (state) => made.setState(state),
        look: (look) => made.setLook(look),
        connection: (connection) => made.setConnection(connection),
        writing: (is) => made.setWriting(is),
        outbox: () => made.show(),
        signedOut() {
          made.refill();
          made.complain(words.signedOut);
        },
        // A page that hears it puts a new one into the tag.
        tokenNeeded: () => tag.dispatchEvent(new CustomEvent('nahbar-chat:token-needed', { bubbles: true })),
      },
    );
    const made = createPanel(words, { talk, memory, close });
    root.append(made.node);
    made.refill();
    memory.onChange(() => made.show());
    void talk.begin();
    return made;
  }
}

const tag = document.currentScript;
if (tag instanceof HTMLScriptElement) {
  if (document.body) begin(tag);
  else document.addEventListener('DOMContentLoaded', () => begin(tag), { once: true });
}
