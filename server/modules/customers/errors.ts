import { defineErrors } from '../../platform/errors.ts';

export const fail = defineErrors({
  'customers.identity_invalid': {
    status: 400,
    title: 'This is no valid address or number of its kind.',
    help: 'Correct it and send it again; nothing was changed.',
  },
  'customers.adviser_unknown': {
    status: 422,
    title: 'This person does not advise customers.',
    help: 'Choose somebody who does. Nothing was changed.',
  },
  'customers.identity_taken': {
    status: 409,
    title: 'This address or number belongs to another customer.',
    help: 'Look at that customer; merge the two if they are the same person. Nothing was changed.',
  },
  'customers.number_taken': {
    status: 409,
    title: 'Another customer has this customer number.',
    help: 'Look at that customer; merge the two if they are the same person. Nothing was changed.',
  },
  'customers.level_too_low': {
    status: 403,
    title: 'The caller is not identified well enough for this change.',
    help: 'Let the customer sign in or confirm in the app (level 3), then repeat it. Nothing was changed.',
  },
  'customers.not_their_conversation': {
    status: 422,
    title: 'This conversation is none of this customer’s that you may read.',
    help: 'Identify the caller in the conversation you have with them. Nothing was recorded.',
  },
  'customers.no_proved_number': {
    status: 422,
    title: 'A call-back proves something only to a number that is proved to be this customer’s.',
    help: 'Identify the caller in another way. Nothing was recorded.',
  },
  'customers.text_version_missing': {
    status: 400,
    title: 'A consent needs the version of the text that the customer saw or heard.',
    help: 'Name the text version and send it again; nothing was recorded.',
  },
  'customers.same_customer': {
    status: 409,
    title: 'Both are the same customer already.',
    help: 'There is nothing to merge.',
  },
  'customers.not_verified': {
    status: 403,
    title: 'Advisers merge only customers whose identities are both proved.',
    help: 'Prove an identity of each, or ask a lead. Nothing was changed.',
  },
  'customers.not_merged': { status: 409, title: 'This customer is not merged.', help: 'Load it again to see its state.' },
  'customers.restricted_already': {
    status: 409,
    title: 'The processing of this customer’s data is restricted already.',
    help: 'Load it again to see since when. Nothing was changed.',
  },
  'customers.not_restricted': {
    status: 409,
    title: 'The processing of this customer’s data is not restricted.',
    help: 'Load it again to see its state. Nothing was changed.',
  },
  'customers.being_erased': {
    status: 409,
    title: 'This customer’s data is being erased, and what is left is kept by law only.',
    help: 'It cannot be worked with again. Nothing was changed.',
  },
  'customers.merged_further': {
    status: 409,
    title: 'The customer it was merged into was merged itself.',
    help: 'Take that later merge back first. Nothing was changed.',
  },
});
