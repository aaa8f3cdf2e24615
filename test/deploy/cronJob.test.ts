import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { ICronJob } from 'kubernetes-models/batch/v1';
import { itKeepsTheContract, partsOf } from '../support/cronJobContract.js';
import { readManifest } from '../support/manifests.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

describe('the CronJob for Kubernetes', () => {
  const cronJob = readManifest('base/cron-job.yaml') as ICronJob;

  itKeepsTheContract(() => cronJob, 'FailJob');

  it('runs the version that the package is of', () => {
    expect(partsOf(cronJob).container.image).to.equal(`novita-spot:${version}`);
  });
});
