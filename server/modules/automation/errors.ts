import { defineErrors } from '../../platform/errors.ts';

export const fail = defineErrors({
  'automation.benefit_missing': {
    status: 422,
    title: 'What the customer gains by it is missing.',
    help: 'Write it down in a sentence: without it a rule stays off, and a macro is not saved. Nothing was saved.',
  },
  'automation.name_taken': {
    status: 409,
    title: 'Another one has this name.',
    help: 'Choose another name, so that the log says which one it was. Nothing was saved.',
  },
  'automation.for_administration': {
    status: 403,
    title: 'Only the administration switches rules on, and changes those that are on.',
    help: 'Save it switched off, and ask the administration to switch it on. Nothing was saved.',
  },
  'automation.condition_invalid': {
    status: 422,
    title: 'A condition asks for nothing, or for something that does not exist any more.',
    help: 'Choose again what it asks for, or remove it. Nothing was saved.',
  },
  'automation.action_invalid': {
    status: 422,
    title: 'An action names something that does not exist any more.',
    help: 'Choose again what it does, or remove it. Nothing was saved.',
  },
  'automation.too_many': {
    status: 422,
    title: 'There are as many as can be looked through.',
    help: 'Remove some that nobody needs any more. Nothing was saved.',
  },
  'automation.macro_empty': {
    status: 422,
    title: 'The macro does nothing.',
    help: 'Give it a step or a text. Nothing was saved.',
  },
  'automation.placeholder_unknown': {
    status: 422,
    title: 'A placeholder in the text is none that we know.',
    help: 'Choose one of the list; any other would stand in the answer as it is. Nothing was saved.',
  },
  'automation.team_unknown': {
    status: 422,
    title: 'This team does not exist any more.',
    help: 'Choose another team, or everybody. Nothing was saved.',
  },
  'automation.no_case': {
    status: 409,
    title: 'The conversation has no case yet, so it can have no topic.',
    help: 'Try again in a moment. Nothing was changed.',
  },
  'automation.no_lead': {
    status: 409,
    title: 'Nobody leads the team of the conversation, so nobody could be told.',
    help: 'Say who leads the team. Nothing was changed.',
  },
  'automation.in_hand': {
    status: 409,
    title: 'Somebody works on the conversation just now, so it was not put out of sight.',
    help: 'Nothing is to be done. Nothing was changed.',
  },
  'automation.due_already': {
    status: 409,
    title: 'The answer is nearly due or overdue, so the conversation was not put out of sight.',
    help: 'Answer it. Nothing was changed.',
  },
  'automation.too_many_tags': {
    status: 422,
    title: 'The conversation has as many tags as it can have.',
    help: 'Remove some of its tags first. Nothing was changed.',
  },
});
