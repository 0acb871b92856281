import { automationEndpoints as api } from '../../../contract/automation.ts';
import { type Route, route } from '../../platform/module.ts';
import { dryRun } from './dry-run/dry-run.ts';
import { conversationLog, ruleLog } from './firing/log.ts';
import { applyMacro } from './macros/apply-macro.ts';
import { dropMacro, listMacros, saveMacro } from './macros/change-macros.ts';
import { dropRule, listRules, orderRules, ruleVersions, saveRule } from './rules/change-rules.ts';

export const routes: Route[] = [
  route(api.rules, listRules),
  route(api.saveRule, saveRule),
  route(api.dropRule, dropRule),
  route(api.orderRules, orderRules),
  route(api.versions, ruleVersions),
  route(api.dryRun, dryRun, { bare: true }),
  route(api.ruleLog, ruleLog),
  route(api.conversationLog, conversationLog),
  route(api.macros, listMacros),
  route(api.saveMacro, saveMacro),
  route(api.dropMacro, dropMacro),
  route(api.applyMacro, applyMacro),
];
