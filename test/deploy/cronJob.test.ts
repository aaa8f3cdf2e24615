import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { ICronJob } from 'kubernetes-models/batch/v1';
import { itRunsAsAgreed } from '../support/cronJobContract.js';
import { partsOf } from '../support/cronJobParts.js';
import { readManifest } from '../support/manifests.js';
import { itsPodIsAsAgreed } from '../support/podContract.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

describe('the CronJob for Kubernetes', () => {
  const cronJob = readManifest('base/cron-job.yaml') as ICronJob;

  itRunsAsAgreed(() => cronJob, 'FailJob');
  itsPodIsAsAgreed(() => cronJob);

  it('runs the version that the package is of', () => {
    expect(partsOf(cronJob).container.image).to.equal(`novita-spot:${version}`);
  });
});
