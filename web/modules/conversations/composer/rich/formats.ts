import { type ChainedCommands, type Editor, Extension, type Extensions } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import StarterKit from '@tiptap/starter-kit';
import { gapsIn } from '../../../../../contract/writing/placeholders.ts';
import { linkSchemes } from '../../../../../contract/writing/rich-text.ts';

export const formats = ['bold', 'italic', 'bulletList', 'orderedList', 'blockquote', 'link'] as const;
export type Format = (typeof formats)[number];

/** The same few things as `contract/writing/rich-text.ts`: whatever else is pasted falls away, its words stay. */
export const extensions = (): Extensions => [
  StarterKit.configure({
    heading: false,
    code: false,
    codeBlock: false,
    horizontalRule: false,
    strike: false,
    underline: false,
    dropcursor: false,
    gapcursor: false,
    trailingNode: false,
    link: {
      openOnClick: false,
      autolink: true,
      linkOnPaste: true,
      defaultProtocol: 'https',
      protocols: ['mailto', 'tel'],
      isAllowedUri: (address, { defaultValidate }) => defaultValidate(address) && isLink(address),
      HTMLAttributes: { target: null, rel: null, class: null },
    },
  }),
  Gaps,
];

/** Placeholders that are still to be filled in stand in a frame, wherever they came from. */
const Gaps = Extension.create({
  name: 'gaps',
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        decorations: ({ doc }) => {
          const found: Decoration[] = [];
          doc.descendants((node, position) => {
            if (node.text?.includes('{{'))
              for (const { from, written } of gapsIn(node.text))
                found.push(Decoration.inline(position + from, position + from + written.length, { class: 'gap' }));
          });
          return DecorationSet.create(doc, found);
        },
      },
    }),
  ],
});

export const toggles: Record<Exclude<Format, 'link'>, (chain: ChainedCommands) => ChainedCommands> = {
  bold: (chain) => chain.toggleBold(),
  italic: (chain) => chain.toggleItalic(),
  bulletList: (chain) => chain.toggleBulletList(),
  orderedList: (chain) => chain.toggleOrderedList(),
  blockquote: (chain) => chain.toggleBlockquote(),
};

export const formatsAt = (editor: Editor): readonly Format[] => formats.filter((format) => editor.isActive(format));
export const linkAt = (editor: Editor): string => String(editor.getAttributes('link')['href'] ?? '');

/** Reading more than this as HTML would hold the page up; its words are taken plain. */
export const isSmall = (html: string): boolean => html.length <= 300_000;

const isLink = (address: string): boolean => {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1]?.toLowerCase();
  return scheme === undefined || (linkSchemes as readonly string[]).includes(scheme);
};
