import type { Look, ShownState } from '../protocol.ts';
import { createComposer } from './composer.ts';
import { button, element, signButton } from './elements.ts';
import { createLog } from './log.ts';
import type { Memory } from './memory.ts';
import { rowsOf, tellWait } from './model.ts';
import { randomId } from './pristine.ts';
import type { Connection, FileToSend, Talk } from './talk.ts';
import type { Words } from './words.ts';

interface Does {
  talk: Talk;
  memory: Memory;
  close(): void;
}

/** The open chat. It draws what it was last told; every change goes through `show`. */
export function createPanel(words: Words, { talk, memory, close }: Does) {
  let look: Look | null = null;
  let state: ShownState | null = null;
  let connection: Connection = 'connecting';
  let isWriting = false;
  let complaint = '';
  let toldRead = '';

  const title = element('h2', { id: 'title' }, words.title('…'));
  const log = createLog(words, {
    save: (file) => void save(talk, file, () => complain(words.away)),
    again(id) {
      talk.again(id);
      composer.field.focus();
    },
    reason: (id) => reasonOf(talk.refused.get(id) ?? '', words, look),
  });
  const intro = element('div');
  log.node.append(intro);
  const about = element('div', { role: 'status' });
  const writing = element('p', { hidden: true });
  const address = addressForm(words, (given, name) => {
    memory.change((kept) => void (kept.name = name));
    talk.say('', [], given);
  });
  const status = element('div', { class: 'status', hidden: true }, about, writing, address);
  const menu = menuOf(words, talk, complain, () => composer.field.focus());
  const more = signButton(
    'more',
    words.more,
    () => {
      menu.node.hidden = !menu.node.hidden;
      more.setAttribute('aria-expanded', String(!menu.node.hidden));
      if (!menu.node.hidden) menu.node.querySelector('button')?.focus();
    },
    { 'aria-expanded': 'false' },
  );
  const composer = createComposer(words, {
    send: (text: string, files: readonly FileToSend[]) => {
      complaint = '';
      talk.say(text, files, null);
    },
    draft: (text) => memory.change((kept) => void (kept.draft = text)),
    writing: (is) => talk.writing(is),
    complain,
  });
  const head = element('div', { class: 'head' }, title, more, signButton('close', words.close, close));
  const node = element(
    'div',
    { class: 'panel', role: 'dialog', 'aria-labelledby': 'title' },
    head,
    menu.node,
    log.node,
    status,
    ...composer.nodes,
  );
  node.addEventListener('keydown', (event) => {
    // What is typed here is none of the page's shortcuts.
    event.stopPropagation();
    if (event.key === 'Escape') close();
  });

  function complain(text: string): void {
    complaint = text;
    show();
  }

  /** Text is set only where it changed, so that nothing is read out twice. */
  const say = (place: HTMLElement, lines: readonly { text: string; isBad?: boolean }[]): void => {
    const said = lines.map(({ text }) => text).join('\n');
    if (place.dataset['said'] === said) return;
    place.dataset['said'] = said;
    place.replaceChildren(...lines.map(({ text, isBad }) => element('p', { class: isBad ? 'away' : null }, text)));
  };

  /** What goes away under somebody's hands leaves the focus to the field, never to the page behind. */
  const leaving = (part: HTMLElement, go: () => void): void => {
    const wasIn = part.matches(':focus-within');
    go();
    if (wasIn) composer.field.focus();
  };

  function show(): void {
    const { pending } = memory.read();
    const rows = rowsOf(state, { pending, confirmed: talk.confirmed, refused: talk.refused });
    const isEmpty = rows.length === 0;
    if (look && isEmpty && intro.childElementCount === 0) intro.append(...introOf(look, words, (text) => talk.say(text, [], null)));
    if (!isEmpty) leaving(intro, () => intro.remove());
    else if (!intro.isConnected) log.node.prepend(intro);
    log.show(rows);
    const lines = [
      ...(complaint === '' ? [] : [{ text: complaint, isBad: true }]),
      ...(connection === 'away' ? [{ text: words.away, isBad: true }] : []),
      ...(connection === 'refused' ? [{ text: words.refused, isBad: true }] : []),
      ...(connection === 'connecting' && state === null ? [{ text: words.connecting }] : []),
      // Whoever writes is there, and the answer is on its way.
      ...(isWriting ? [] : aboutOf(state, words, memory)),
    ];
    say(about, lines);
    writing.hidden = !isWriting;
    writing.textContent = isWriting ? words.writing(look?.name ?? '') : '';
    const isLeft = (state?.address ?? null) !== null || pending.some((one) => one.address !== null);
    // Whoever is writing theirs finishes it, also when the answer comes in between.
    const isAsked = state !== null && state.messages.length > 0 && (state.wait !== null || address.matches(':focus-within'));
    if (isLeft || !isAsked) leaving(address, () => (address.hidden = true));
    else address.hidden = false;
    status.hidden = lines.length === 0 && !isWriting && address.hidden;
    tellRead();
  }

  /** Once for what is new and in sight; the server is asked no more often. */
  function tellRead(): void {
    const newest = state?.messages.findLast(({ isMine, isRead }) => !isMine && !isRead)?.id;
    if (newest === undefined || newest === toldRead || node.hidden || document.visibilityState !== 'visible') return;
    toldRead = newest;
    talk.read();
  }
  document.addEventListener('visibilitychange', show);

  return {
    node,
    show,
    setLook(given: Look) {
      look = given;
      title.textContent = words.title(given.name);
      composer.setLook(given);
      menu.setLook(given);
      show();
    },
    setState(given: ShownState) {
      state = given;
      show();
    },
    setConnection(given: Connection) {
      // What was told on a line that broke may not have been heard.
      if (given === 'open' && connection !== 'open') toldRead = '';
      connection = given;
      show();
    },
    setWriting(is: boolean) {
      isWriting = is;
      show();
    },
    complain,
    refill: () => composer.setDraft(memory.read().draft),
    focus() {
      log.toEnd();
      composer.field.focus();
    },
  };
}

/** What can be said of the time until the answer, and of where it goes. */
function aboutOf(state: ShownState | null, words: Words, memory: Memory): { text: string }[] {
  if (!state) return [];
  if (state.isOver) return [{ text: words.over }];
  const asked = state.messages.findLast(({ isMine }) => isMine);
  const toAddress = state.address === null || state.messages.length === 0 ? [] : [{ text: words.hasAddress(state.address) }];
  if (!asked || state.wait === null) return state.isStaffed || state.messages.length > 0 ? toAddress : [{ text: words.nobody }];
  // Who has read it is there, whatever else is known of who is.
  if (!state.isStaffed && !asked.isRead) return [{ text: words.nobody }, ...toAddress];
  let text = words.waitUnknown;
  const { wait } = state;
  const minutes = (Date.now() - Date.parse(asked.at)) / 60_000;
  memory.change((kept) => {
    const told = tellWait(wait, minutes, kept);
    if (told.say === 'over') text = words.waitOver;
    else if (told.say === 'longer') text = words.waitLonger(told.from, told.to);
    else if (told.say === 'range') text = words.wait(told.from, told.to);
  });
  return [{ text }, ...toAddress];
}

function introOf(look: Look, words: Words, choose: (text: string) => void): HTMLElement[] {
  const greeting = element('p', { class: 'note' }, look.greeting || words.greeting);
  if (look.choices.length === 0) return [greeting];
  const choices = look.choices.map((choice) =>
    element(
      'li',
      {},
      button(choice, () => choose(choice)),
    ),
  );
  return [greeting, element('ul', { class: 'choices', 'aria-label': words.choices }, ...choices)];
}

const addressField = (words: Words): HTMLInputElement =>
  element('input', {
    type: 'email',
    required: true,
    maxlength: 254,
    autocomplete: 'email',
    'aria-label': words.address,
    placeholder: words.address,
  });

function addressForm(words: Words, leave: (address: string, name: string) => void): HTMLFormElement {
  const field = addressField(words);
  const name = element('input', { maxlength: 120, autocomplete: 'name', 'aria-label': words.name, placeholder: words.name });
  const form = element(
    'form',
    { hidden: true },
    element('p', {}, words.askAddress),
    name,
    field,
    element('button', { class: 'solid', type: 'submit' }, words.keepAddress),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    leave(field.value.trim(), name.value.trim());
  });
  return form;
}

function menuOf(words: Words, talk: Talk, complain: (text: string) => void, done: () => void) {
  const field = addressField(words);
  const form = element('form', { hidden: true }, field, element('button', { class: 'solid', type: 'submit' }, words.sendTranscript));
  const privacy = element('a', { target: '_blank', rel: 'noopener noreferrer', hidden: true }, words.privacy);
  const sure = element(
    'form',
    { hidden: true },
    element('p', {}, words.leaveAsk),
    button(
      words.leave,
      () => {
        sure.hidden = true;
        talk.leave();
        complain(words.left);
        done();
      },
      { class: 'solid' },
    ),
    button(words.cancel, () => {
      sure.hidden = true;
      done();
    }),
  );
  // The same id however often it is asked for until it has left: one letter.
  let letter = randomId();
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void talk.transcript(letter, field.value.trim()).then((reason) => {
      complain(
        reason === null
          ? words.transcriptSent
          : ({ too_many: words.transcriptTooMany, nothing_answered: words.transcriptEmpty }[reason] ?? words.transcriptFails),
      );
      if (reason !== null) return;
      letter = randomId();
      form.hidden = true;
      done();
    });
  });
  const toggle = (one: HTMLFormElement): void => {
    one.hidden = !one.hidden;
    if (!one.hidden) one.querySelector<HTMLElement>('input,button')?.focus();
  };
  const node = element(
    'div',
    { class: 'menu', hidden: true },
    button(words.transcript, () => toggle(form)),
    button(words.leave, () => toggle(sure)),
    privacy,
    form,
    sure,
  );
  return {
    node,
    setLook({ privacyUrl }: Look) {
      privacy.hidden = privacyUrl === '';
      privacy.href = privacyUrl;
    },
  };
}

function reasonOf(reason: string, words: Words, look: Look | null): string {
  if (reason === 'lost_files') return words.lostFiles;
  if (reason === 'files_too_large') return words.tooLarge(`${Math.round((look?.files?.maxBytes ?? 0) / 1024 / 1024)} MB`);
  return reason === 'too_many' ? words.tooFast : '';
}

/** Saved, never shown in the page: what others sent must not run here. */
async function save(talk: Talk, { id, name }: { id: string; name: string }, fails: () => void): Promise<void> {
  try {
    const address = URL.createObjectURL(await talk.file(id));
    element('a', { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  } catch {
    fails();
  }
}
