import type { Command } from './command.ts';

/** Every command, in the order of `nahbar help`. A room adds a line here and a file beside this one. */
export const commands: readonly Command[] = [
  {
    name: 'start',
    summary: 'Start Nahbar (what `npm start` does).',
    usage: '[--demo] [--live]',
    run: async (args, context) => (await import('./start.ts')).start(args, context),
  },
  {
    name: 'migrate',
    summary: 'Bring the database schema up to date (start does it too).',
    usage: '',
    run: async (args, context) => (await import('./migrate.ts')).migrateCommand(args, context),
  },
  {
    name: 'doctor',
    summary: 'Look for what is wrong with this installation, and say what to do.',
    usage: '',
    toleratesWrongSettings: true,
    run: async (_args, context) => (await import('./doctor.ts')).doctor(context),
  },
  {
    name: 'backup',
    summary: 'Write the whole database into one file, while Nahbar runs or not.',
    usage: 'FILE',
    run: async (args, context) => (await import('./backup.ts')).backupCommand(args, context),
  },
  {
    name: 'restore',
    summary: 'Read a backup into an empty database; --force replaces what is there.',
    usage: 'FILE [--force]',
    run: async (args, context) => (await import('./backup.ts')).restoreCommand(args, context),
  },
  {
    name: 'archive',
    summary:
      'Take events older than 90 days (or --days) out of the database into a folder, while Nahbar runs or not; or bring a file of them back.',
    usage: 'FOLDER [--days N] | --restore FILE',
    run: async (args, context) => (await import('../transfer/archive-command.ts')).archiveCommand(args, context),
  },
  {
    name: 'user',
    summary: 'Add people, list them, give them a new password, or take their access away.',
    usage: 'create --name NAME --email ADDRESS --role ROLE | list | password --email ADDRESS | deactivate --email ADDRESS',
    run: async (args, context) => (await import('./people.ts')).userCommand(args, context),
  },
  {
    name: 'token',
    summary: 'Make an API token, shown once.',
    usage: 'create --name NAME --role ROLE',
    run: async (args, context) => (await import('./people.ts')).tokenCommand(args, context),
  },
  {
    name: 'demo',
    summary: 'Fill an empty installation with the sample company and say how to sign in; --live lets its customers write.',
    usage: '[--live] [--speed N] [--mails N]',
    run: async (args, context) => (await import('../demo/command.ts')).demoCommand(args, context),
  },
  {
    name: 'simulate',
    summary: 'Play a working day with invented customers and advisers on a database of its own, and report how it went.',
    usage:
      '[--conversations N] [--advisers N] [--day YYYY-MM-DD] [--seed N] [--speed max|N] [--look SECONDS] [--from HOUR] [--until HOUR] [--report FOLDER]',
    run: async (args, context) => (await import('../simulation/command.ts')).simulateCommand(args, context),
  },
  {
    name: 'import',
    summary: 'Take in mails from mbox or eml files and folders, while Nahbar runs or not; again is harmless.',
    usage: 'mbox|eml FILE… [--account NAME] [--as resolved|queue] [--dry-run]',
    run: async (args, context) => (await import('../transfer/import-command.ts')).importCommand(args, context),
  },
  {
    name: 'export',
    summary: 'Write everything into a folder: JSON lines, mails and attachments.',
    usage: 'DIR',
    run: async (args, context) => (await import('../transfer/export-command.ts')).exportCommand(args, context),
  },
  {
    name: 'check',
    summary: 'Check format, lint and types.',
    usage: '',
    toleratesWrongSettings: true,
    run: async () => (await import('./check.ts')).check(),
  },
  {
    name: 'test',
    summary: 'Run every check and every test, or only the tests whose path contains FILTER.',
    usage: '[FILTER …]',
    toleratesWrongSettings: true,
    run: async (args) => (await import('./test.ts')).test(args),
  },
  {
    name: 'bench',
    summary: 'Measure: all of bench/, or one of it.',
    usage: '[NAME]',
    toleratesWrongSettings: true,
    run: async (args) => (await import('./bench.ts')).bench(args),
  },
  {
    name: 'torture',
    summary: 'Let processes, database, network, disk and clocks fail while people work, and check that nothing is lost or doubled.',
    usage: '[--seconds N] [--seed N] [--only FAULT,…] [--network namespaces|proxy] [--list]',
    toleratesWrongSettings: true,
    run: async (args) => (await import('./torture.ts')).torture(args),
  },
];
