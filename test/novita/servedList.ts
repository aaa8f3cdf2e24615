import type { HttpMock } from '../support/httpMock.js';

export interface ServedList {
  readonly rows: readonly unknown[];
  /** How many answers are given, no more and no fewer. */
  readonly requests: number;
  /** What each page says about the number of rows; undefined says nothing. */
  readonly total?: (rowsOfPage: readonly unknown[]) => unknown;
  /** Rows in a page, when the server does not keep to what it is asked for. */
  readonly pageSize?: number;
  readonly path?: '/gpu/instances' | '/jobs';
}

/** Answers requests for pages of a list as the API does: the first page is 1, and past the end there is nothing. */
export function serveList(http: HttpMock, { rows, requests, total, pageSize, path }: ServedList): void {
  const totalOf = total ?? (() => rows.length);
  http.api
    .get(path ?? '/gpu/instances')
    .query(({ pageSize: asked, pageNum }) => asked === '100' && Number(pageNum) >= 1)
    .times(requests)
    .reply((uri) => {
      const number = Number(new URLSearchParams(uri.split('?')[1]).get('pageNum'));
      const size = pageSize ?? 100;
      const page = rows.slice((number - 1) * size, number * size);
      const name = path === '/jobs' ? 'jobs' : 'instances';
      return [200, { [name]: page, total: totalOf(page) }];
    });
}

/** Answers one request for a page. */
export function servePage(http: HttpMock, number: number, body: Readonly<Record<string, unknown>>): void {
  http.api
    .get('/gpu/instances')
    .query({ pageSize: '100', pageNum: String(number) })
    .reply(200, body);
}

/** The numbers of the pages that were asked for, in order. */
export function askedPages({ requests }: HttpMock): readonly number[] {
  return requests.map(({ path }) => Number(new URLSearchParams(path.split('?')[1]).get('pageNum')));
}
