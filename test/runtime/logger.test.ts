import { expect } from 'chai';
import type { LogLevel } from '../../src/core/log.js';
import { createLogger, type LogFormat } from '../../src/runtime/logger.js';
import { createScrubber } from '../../src/runtime/secrets.js';

function logLines(format: LogFormat, level: LogLevel = 'info', account: string | null = null) {
  const lines: string[] = [];
  const log = createLogger({
    format,
    level,
    runId: 'run-1',
    account,
    scrub: createScrubber(['top-secret']),
    now: () => Date.UTC(2026, 10, 24, 12, 30),
    write: (line) => lines.push(line),
  });
  return { log, lines };
}

describe('createLogger', () => {
  it('writes one JSON object per line', () => {
    const { log, lines } = logLines('json');
    log.info('decided', 'i-1: eligible', { instanceId: 'i-1', attempt: 2, reason: null });
    expect(lines).to.have.length(1);
    expect(JSON.parse(lines[0] ?? '')).to.deep.equal({
      time: '2026-11-24T12:30:00.000Z',
      level: 'info',
      message: 'i-1: eligible',
      runId: 'run-1',
      account: null,
      event: 'decided',
      instanceId: 'i-1',
      attempt: 2,
      reason: null,
    });
    expect(lines[0]).to.match(/\n$/);
  });

  it('writes text with its fields', () => {
    const { log, lines } = logLines('text');
    log.warn('request_retried', 'asking again', { delayMs: 5, name: 'two words' });
    expect(lines).to.deep.equal([
      '2026-11-24T12:30:00.000Z warn  asking again event=request_retried delayMs=5 name="two words"\n',
    ]);
  });

  it('does not repeat a sentence of the text as a field, as its reader may be one of a mail', () => {
    const { log, lines } = logLines('text');
    const fields = { error: 'config_invalid', cause: 'KEY is missing\nURL is none', nextStep: 'Mend it.' };
    log.error(
      'run_failed',
      'It is not valid: \n  KEY is missing\n  URL is none\nMend it. Nothing was changed.',
      fields,
    );
    const text = 'It is not valid: \n  KEY is missing\n  URL is none\nMend it. Nothing was changed.';
    expect(lines).to.deep.equal([
      `2026-11-24T12:30:00.000Z error ${text} event=run_failed error=config_invalid\n`,
    ]);
  });

  it('keeps it short for a person who is watching', () => {
    const { log, lines } = logLines('terminal');
    log.error('run_failed', 'it failed', { code: 'x' });
    expect(lines).to.deep.equal(['12:30:00 error it failed\n']);
  });

  it('shows a person the fields at debug level', () => {
    const { log, lines } = logLines('terminal', 'debug');
    log.debug('request_answered', 'GET /jobs', { status: 200 });
    expect(lines).to.deep.equal(['12:30:00 debug GET /jobs status=200\n']);
  });

  for (const format of ['text', 'terminal'] as const) {
    it(`puts the account before the text: ${format}`, () => {
      const { log, lines } = logLines(format, 'info', 'team-a');
      log.info('decided', 'i-1: eligible');
      expect(lines.join()).to.include(' info  team-a: i-1: eligible');
    });
  }

  it('does not fold equal lines', () => {
    const { log, lines } = logLines('terminal');
    for (let count = 0; count < 20; count += 1) log.info('decided', 'the same line');
    expect(lines).to.have.length(20);
  });

  it('takes secrets out of messages and fields', () => {
    for (const format of ['json', 'text', 'terminal'] as const) {
      const { log, lines } = logLines(format, 'debug');
      log.info('decided', 'with top-secret', { field: { deep: 'top-secret' } });
      expect(lines.join('')).to.include('[redacted]').and.not.include('top-secret');
    }
  });

  const levels = ['debug', 'info', 'warn', 'error'] as const;
  for (const [index, level] of levels.entries()) {
    it(`writes ${level} and what is more important`, () => {
      const { log, lines } = logLines('json', level);
      for (const each of levels) log[each]('decided', each);
      expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).to.deep.equal(
        levels.slice(index),
      );
    });
  }
});
