import { notes, type Right, rights, roles, scopeOf } from '../contract/permissions.ts';
import type { Module } from '../server/platform/module.ts';

/** `docs/generated/permissions.md`: the table people can read, and the right every endpoint asks for. */
export function permissionsPage(modules: readonly Module[]): string {
  const table = [
    `| right | ${roles.join(' | ')} |`,
    `| --- | ${roles.map(() => '---').join(' | ')} |`,
    ...rights.map((right) => `| \`${right}\` | ${roles.map((role) => scopeOf(role, right)).join(' | ')} |`),
  ];
  const conditions = Object.entries(notes).map(([right, note]) => `- \`${right as Right}\`: ${note}`);
  const endpoints = modules.flatMap((module) =>
    (module.routes ?? []).map(
      ({ endpoint }) => `| ${module.name} | \`${endpoint.method} ${endpoint.path}\` | \`${endpoint.access}\` | ${endpoint.summary} |`,
    ),
  );
  return `# Permissions

Generated from \`contract/permissions.ts\` and the rooms' endpoints (\`UPDATE_DOCS=1 npm test tests/permissions\`).

O own · R own, and others' after a written reason · T team or site · A all · G aggregate only · M own and masked · D draft only ·
F needs a second person, alone it denies · S needs the skill named below · – none.

${table.join('\n')}

${conditions.join('\n')}

## Endpoints

\`public\` needs no sign-in, \`signed_in\` no right; everything else the right named.

| room | endpoint | asks for | what it does |
| --- | --- | --- | --- |
${endpoints.join('\n')}
`;
}
