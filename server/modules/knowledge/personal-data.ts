import type { PersonalDataRegister } from '../../platform/personal-data.ts';

export const personalData: PersonalDataRegister = {
  snippets: {
    plain: ['id', 'version', 'title', 'shortcut', 'text_de', 'text_en', 'team_id', 'written_at'],
    personal: {
      written_by: { purpose: 'Say whom to ask about a text that many use', basis: 'employment', retention: 'employment' },
    },
  },
};
