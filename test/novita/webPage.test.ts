import { expect } from 'chai';
import { describeWebPage } from '../../src/novita/webPage.js';

const titled = '<html><head><title>Sign in</title></head></html>';

describe('describeWebPage', () => {
  const table: readonly (readonly [
    title: string,
    contentType: string | undefined,
    body: string,
    string | null,
  ])[] = [
    ['a page with its type', 'text/html; charset=utf-8', titled, 'a web page titled "Sign in"'],
    [
      'a page in XHTML',
      'application/xhtml+xml',
      `<?xml version="1.0"?>${titled}`,
      'a web page titled "Sign in"',
    ],
    ['a page without its type', undefined, `\n<!DOCTYPE html>${titled}`, 'a web page titled "Sign in"'],
    ['a page that says it is JSON', 'application/json', titled, 'a web page titled "Sign in"'],
    ['a page without a title', 'text/html', '<h1>502</h1>', 'a web page'],
    ['a page with an empty title', 'text/html', '<title>  </title>', 'a web page'],
    [
      'a title over several lines',
      'text/html',
      '<TITLE lang="en">\n  Access\n  denied </TITLE>',
      'a web page titled "Access denied"',
    ],
    [
      'a title with an escape code',
      'text/html',
      '<title>\u001b[31mred</title>',
      'a web page titled "\uFFFD[31mred"',
    ],
    [
      'a title without an end',
      'text/html',
      `<title>${'x'.repeat(9000)}`,
      `a web page titled "${'x'.repeat(80)}"`,
    ],
    ['JSON that says it is a page', 'text/html', '{"instances": []}', null],
    ['JSON', 'application/json', '{"message": "<html>"}', null],
    ['XML of another kind', 'application/xml', '<Error><Code>AccessDenied</Code></Error>', null],
    ['nothing', 'text/html', '', null],
  ];
  for (const [title, contentType, body, expected] of table) {
    it(`is ${String(expected).slice(0, 60)}: ${title}`, () => {
      expect(describeWebPage({ contentType, body })).to.equal(expected);
    });
  }
});
