import { chooseMessageFormat, useMe } from '../../workspace/index.ts';

/** How this person reads messages that their senders laid out; one choice for all of them, kept with the person. */
export function useMessageFormat(): { isHtml: boolean; toggle: () => void } {
  const isHtml = useMe().preferences.messageFormat === 'html';
  return { isHtml, toggle: () => chooseMessageFormat(isHtml ? 'text' : 'html') };
}
