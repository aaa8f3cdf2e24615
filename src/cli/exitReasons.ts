import type { ExitReason } from '../core/exitCode.js';

/** How a command may end that reads the account. */
export const readingReasons: readonly ExitReason[] = [
  'ok',
  'internal',
  'usage',
  'unavailable',
  'protocol',
  'auth',
  'config',
  'deadline',
  'interrupted',
  'terminated',
  'hangup',
  'output',
];

/** How a command may end that judges or migrates the instances it finds. */
export const judgingReasons: readonly ExitReason[] = [...readingReasons, 'changes', 'partial', 'failed'];
