import { type Invocation, isForWholeAccount } from '../cli/invocation.js';
import type { Reporting } from '../config/reporting.js';

/**
 * Leaves out whom a run is not meant to tell. Somebody who looks around by hand, with the variables of the scheduler
 * set, must not make a scheduler that stands still look alive: only a plain `migrate` of the whole account tells
 * everybody. What is asked for by a flag is done in any case.
 */
export function reportingOfInvocation(reporting: Reporting, invocation: Invocation): Reporting {
  const { command, scenario, flags } = invocation;
  const isScheduled =
    command === 'migrate' &&
    isForWholeAccount(invocation) &&
    scenario === null &&
    flags['MIGRATION_DRY_RUN'] === undefined;
  if (isScheduled) return reporting;
  return {
    ...reporting,
    metricsFile: flags['MIGRATION_METRICS_FILE'] === undefined ? null : reporting.metricsFile,
    pushgatewayUrl: flags['MIGRATION_PUSHGATEWAY_URL'] === undefined ? null : reporting.pushgatewayUrl,
    pingUrl: null,
    webhook: null,
    onNotice: flags['MIGRATION_ON_NOTICE'] === undefined ? null : reporting.onNotice,
  };
}
