import { knowledgeEndpoints as api } from '../../../contract/knowledge.ts';
import { type Route, route } from '../../platform/module.ts';
import { dropSnippet } from './snippets/drop.ts';
import { listSnippets } from './snippets/list.ts';
import { saveSnippet } from './snippets/save.ts';

export const routes: Route[] = [
  route(api.snippets, listSnippets),
  route(api.saveSnippet, saveSnippet),
  route(api.dropSnippet, dropSnippet),
];
