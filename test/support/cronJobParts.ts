import type { ICronJob } from 'kubernetes-models/batch/v1';

/** The parts of a CronJob with a single container, each of which has to be there. */
export function partsOf(cronJob: ICronJob) {
  const { spec } = cronJob;
  const job = spec?.jobTemplate.spec;
  const pod = job?.template.spec;
  const container = pod?.containers[0];
  if (!spec || !job || !pod || !container || pod.containers.length > 1)
    throw new Error('not a CronJob with a single container');
  const environment = new Map((container.env ?? []).map(({ name, value }) => [name, value]));
  return { spec, job, pod, container, environment };
}
