import { stormEndpoints as api } from '../../../contract/storms.ts';
import { type Route, route } from '../../platform/module.ts';
import { dismissProposal } from './alarm/propose.ts';
import { saveStorm } from './declaring/save.ts';
import { approveText, writeText } from './declaring/texts.ts';
import { endStormNow, reviewStorm } from './ending/end.ts';
import { exceptMentions } from './mentions/except.ts';
import { previewStorm } from './mentions/preview.ts';
import { listRunning, listStorms, readStorm, stormsOfConversation } from './reading/read.ts';

export const routes: Route[] = [
  route(api.storms, listStorms),
  route(api.running, listRunning),
  route(api.storm, readStorm),
  route(api.ofConversation, stormsOfConversation),
  route(api.preview, previewStorm, { bare: true }),
  route(api.save, saveStorm),
  route(api.dismiss, dismissProposal),
  route(api.writeText, writeText),
  route(api.approveText, approveText),
  route(api.except, exceptMentions),
  route(api.end, endStormNow),
  route(api.review, reviewStorm),
];
