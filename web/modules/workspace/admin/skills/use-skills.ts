import { useQuery } from '@tanstack/react-query';
import type { Skill } from '../../../../../contract/workspace.ts';
import { call } from '../../../../platform/api/call.ts';
import { on } from '../../api.ts';

export const skillsQuery = { queryKey: ['workspace', 'skills'], queryFn: () => call(on.listSkills, {}) };

/** What people here can do; undefined until it was read. */
export const useSkills = (): readonly Skill[] | undefined => useQuery(skillsQuery).data?.items;
