import type { Module } from '../../platform/module.ts';
import { audiences } from './audiences.ts';
import { fail } from './errors.ts';
import { records } from './records.ts';
import { rightsChanged, streams } from './streams.ts';

export const module: Module = {
  name: 'workspace',
  errors: fail.catalogue,
  audiences,
  records,
  streams,
  rightsChanged,
};
