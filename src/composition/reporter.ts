import { bugFailure } from '../commands/bugFailure.js';
import type { Reporting } from '../config/reporting.js';
import type { Delivery } from '../core/delivery.js';
import type { Decision } from '../core/eligibility.js';
import type { Failure } from '../core/failure.js';
import type { Report } from '../core/report.js';
import type { StuckMigration } from '../core/stuckMigration.js';
import type { InstanceResult } from '../core/summary.js';
import { sendHttp } from '../report/sendHttp.js';
import { type MetricsContext, pushMetrics, writeMetricsFile } from './deliverMetrics.js';
import { notify } from './deliverNotices.js';
import type { KeptMemory } from './keptMemory.js';
import { createNoticeRunner, type NoticeProgramOptions } from './noticeProgram.js';
import { createPinger } from './pinger.js';
import type { RunState } from './runState.js';

export interface ReporterOptions extends MetricsContext, NoticeProgramOptions {
  readonly reporting: Reporting;
  /** Aborted when the operator wants the program to end at once. */
  readonly giveUp: AbortSignal;
}

export interface EndedRun {
  readonly report: Report;
  /** Of every instance that the run considered; null when the list could not be read. */
  readonly results: readonly InstanceResult[] | null;
  /** Migrations that have been under way for too long. */
  readonly stuck: readonly StuckMigration[];
  /** False when the run considered only instances that were named, or those of a plan. */
  readonly wholeAccount: boolean;
  /** What ended the run before its time. */
  readonly failure: Failure | null;
  readonly state: RunState;
}

/** Tells those outside that the configuration names how a run goes. Nothing here throws or changes how it ends. */
export interface Reporter {
  started(): void;
  /** The account has been looked at, and nothing is changed yet. */
  observed(decisions: readonly Decision[], programMemory: KeptMemory): void;
  ended(run: EndedRun): Promise<readonly Delivery[]>;
}

/** Prepares to tell whom the configuration names; nobody is told before a method is called. */
export function createReporter(options: ReporterOptions): Reporter {
  const { reporting, log } = options;
  const sending = { ...options, send: sendHttp };
  const pinger = reporting.pingUrl === null ? null : createPinger(reporting.pingUrl, sending);
  const noticeRunner = reporting.onNotice === null ? null : createNoticeRunner(reporting.onNotice, options);
  return {
    started: () => pinger?.start(),
    observed: (decisions, programMemory) => noticeRunner?.observed(decisions, programMemory),
    ended: async (run) => {
      const { metricsFile, pushgatewayUrl, webhook } = reporting;
      const deliveries = await Promise.allSettled([
        pinger?.end(run.report),
        metricsFile === null ? undefined : writeMetricsFile(metricsFile, run, options),
        pushgatewayUrl === null ? undefined : pushMetrics(pushgatewayUrl, run, sending),
        webhook === null ? undefined : notify(webhook, run, sending),
        noticeRunner?.ended(),
      ]);
      const made = deliveries.flatMap((delivery) => {
        if (delivery.status === 'fulfilled') return delivery.value ?? [];
        // A bug here must not take the result of the run with it.
        bugFailure(delivery.reason, log);
        return [];
      });
      for (const { channel, error } of made) {
        if (error !== null)
          log.error('delivery_failed', `${channel}: not delivered: ${error}`, { channel, error });
      }
      return made;
    },
  };
}
