import { spawnSync } from 'node:child_process';
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

// Checks of settings that name something on this machine. Each answers with what is wrong, to follow "NAME is VALUE, but …".

/** A folder that is there, or can be made: whatever stands nearest above it is a folder. Makes nothing. */
export function folderFault(folder: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    try {
      if (fs.statSync(at).isDirectory()) return undefined;
      return at === folder ? 'that is no folder; name a folder' : `${at} is no folder, so there is none below it; name another folder`;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if ((code !== 'ENOENT' && code !== 'ENOTDIR') || at === path.dirname(at))
        return `it can't be looked at (${code}); give it to the account that runs Nahbar, or name another folder`;
    }
  }
}

/** The first certificate of a PEM file. */
export function certificateFault(file: string): string | undefined {
  return faultOf(file, 'a certificate', (text) => void certificate(text));
}

/** A private key without a passphrase: nobody is there to type it. */
export function keyFault(file: string): string | undefined {
  return faultOf(file, 'a key (one without a passphrase)', (text) => void createPrivateKey(text));
}

/** Whether two sound files belong together, and neither is missing. */
export function pairFault(certificateFile: string, keyFile: string): { name: string; problem: string }[] {
  if ((certificateFile === '') !== (keyFile === '')) {
    const [missing, given] = certificateFile === '' ? ['SMTP_CERTIFICATE', 'SMTP_KEY'] : ['SMTP_KEY', 'SMTP_CERTIFICATE'];
    return [{ name: given, problem: `${given} is set and ${missing} is not, but encryption needs both; set both or neither.` }];
  }
  if (certificateFile === '') return [];
  const key: KeyObject = createPrivateKey(fs.readFileSync(keyFile, 'utf8'));
  if (certificate(fs.readFileSync(certificateFile, 'utf8')).checkPrivateKey(key)) return [];
  const problem = `SMTP_KEY is ${JSON.stringify(keyFile)}, but that is not the key of the certificate in SMTP_CERTIFICATE; name its own.`;
  return [{ name: 'SMTP_KEY', problem }];
}

/** When the first certificate of a file ends. */
export const certificateEnd = (file: string): Date => new Date(certificate(fs.readFileSync(file, 'utf8')).validTo);

/** Whether the shell finds the program a command begins with. What is no plain word (a bracket, a variable) only the shell can judge. */
export function commandFault(command: string): string | undefined {
  const [, doubled, single, plain] =
    /^\s*(?:\w+=\S*\s+)*(?:"([^"$`\\]+)"|'([^']+)'|([^\s"'$`\\|&;<>(){}!*?#~[\]]+))(?=\s|[|&;<>]|$)/.exec(command) ?? [];
  const program = doubled ?? single ?? plain;
  if (program === undefined) return undefined;
  const found = /[\\/]/.test(program) ? canRun(program) : isKnown(program);
  return found ? undefined : `there is no program ${program} that can be run; install it, or give its whole path`;
}

function canRun(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** On the path, or a word of the shell itself. */
function isKnown(word: string): boolean {
  const [program, args] = process.platform === 'win32' ? ['where', [word]] : ['/bin/sh', ['-c', 'command -v -- "$1"', 'sh', word]];
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

function faultOf(file: string, what: string, read: (text: string) => void): string | undefined {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'no reason given';
    return `that file can't be read (${code}); name a file that is there and belongs to the account that runs Nahbar`;
  }
  try {
    read(text);
    return undefined;
  } catch {
    return `there is no ${what.replace(/^an? /, '')} in that file; name a PEM file with ${what}`;
  }
}

function certificate(text: string): X509Certificate {
  return new X509Certificate(text);
}
