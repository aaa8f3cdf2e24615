import type { Random } from './random.js';

/** What may go wrong with any request, and how often relative to each other. */
const anyRequest = [
  ['unreachable', 6],
  ['tls_failed', 1],
  ['connect_timeout', 3],
  ['lost_before_arrival', 6],
  ['request_cut', 4],
  ['answer_lost', 8],
  ['answer_cut', 6],
  ['answer_garbage', 3],
  ['answer_unreadable', 2],
  ['page_instead_of_answer', 2],
  ['error_applied', 8],
  ['error_not_applied', 8],
  ['gateway_page', 6],
  ['gateway_timeout_applied_later', 3],
  ['request_timeout_status', 2],
  ['timeout_applied', 6],
  ['timeout_not_applied', 6],
  ['timeout_applied_later', 6],
  ['slow', 8],
  ['rate_limited', 8],
  ['unauthorized', 1],
  ['balance', 0.5],
  ['redirect', 1],
] as const;
const migrateOnly = [
  ['no_capacity', 5],
  ['conflict', 3],
  ['gone', 3],
  ['incompatible', 4],
  ['data_refused', 2],
] as const;

export type FaultName =
  'no_fault' | 'job_list_down' | (typeof anyRequest)[number][0] | (typeof migrateOnly)[number][0];

export function drawFault(random: Random, isMigrate: boolean, rate: number): FaultName {
  if (!random.chance(rate)) return 'no_fault';
  return random.weighted<FaultName>(isMigrate ? [...anyRequest, ...migrateOnly] : anyRequest);
}
