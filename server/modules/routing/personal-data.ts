import type { PersonalDataRegister } from '../../platform/personal-data.ts';

export const personalData: PersonalDataRegister = {
  queues: { plain: ['id', 'place', 'name', 'filter', 'needs'], personal: {} },
  service_levels: {
    plain: ['id', 'valid_from', 'recomputes', 'levels', 'created_at'],
    personal: { set_by: { purpose: 'Say whom to ask about how soon answers are due', basis: 'employment', retention: 'employment' } },
  },
};
