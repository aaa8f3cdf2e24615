/** The documented exit codes by reason. `interrupted` stands for SIGINT; SIGTERM and SIGHUP have codes of their own. */
export const exitCodes = {
  ok: 0,
  internal: 1,
  changes: 2,
  partial: 20,
  failed: 21,
  usage: 64,
  unavailable: 69,
  state: 73,
  output: 74,
  locked: 75,
  protocol: 76,
  auth: 77,
  config: 78,
  deadline: 124,
  hangup: 129,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitReason = keyof typeof exitCodes;

/** When several reasons apply, the first of these is the exit reason. A bug leaves nothing else to trust. */
const precedence: readonly ExitReason[] = [
  'internal',
  'config',
  'usage',
  'locked',
  'state',
  'auth',
  'interrupted',
  'terminated',
  'hangup',
  'deadline',
  'protocol',
  'unavailable',
  'failed',
  'partial',
  'output',
  'changes',
  'ok',
];

/** The exit reason of a run to which all of the given reasons apply; `ok` when there is none. */
export function dominantReason(reasons: Iterable<ExitReason>): ExitReason {
  const applying = new Set(reasons);
  return precedence.find((reason) => applying.has(reason)) ?? 'ok';
}

/** The reason behind an exit code; a code that is none stands for a bug. */
export function reasonOfCode(code: number): ExitReason {
  return precedence.find((reason) => exitCodes[reason] === code) ?? 'internal';
}

/** The name that a report gives an exit reason: every signal is `interrupted`. */
export function exitReasonName(reason: ExitReason): string {
  return reason === 'terminated' || reason === 'hangup' ? 'interrupted' : reason;
}
