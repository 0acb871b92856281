/** The rooms of the interface, low to high: a room may use the front doors of those before it. The inbox sits on top, because it shows all the others. */
export const order = [
  'workspace',
  'knowledge',
  'channels',
  'orders',
  'customers',
  'cases',
  'routing',
  'automation',
  'storms',
  'conversations',
] as const;
