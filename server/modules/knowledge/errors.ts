import { defineErrors } from '../../platform/errors.ts';

export const fail = defineErrors({
  'knowledge.text_missing': {
    status: 422,
    title: 'The snippet has no text.',
    help: 'Write it in German, in English or in both. Nothing was saved.',
  },
  'knowledge.placeholder_unknown': {
    status: 422,
    title: 'A placeholder in the text is none that we know.',
    help: 'Choose one of the list; any other would stand in the answer as it is. Nothing was saved.',
  },
  'knowledge.shortcut_taken': {
    status: 409,
    title: 'Another snippet has this shortcut.',
    help: 'Choose another word, or change that snippet. Nothing was saved.',
  },
  'knowledge.team_unknown': {
    status: 422,
    title: 'This team does not exist any more.',
    help: 'Choose another team, or everybody. Nothing was saved.',
  },
  'knowledge.too_many_snippets': {
    status: 422,
    title: 'There are as many snippets as can be looked through.',
    help: 'Remove some that nobody needs any more. Nothing was saved.',
  },
});
