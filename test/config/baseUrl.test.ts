import { expect } from 'chai';
import { configWith, messageFor } from './fixtures.js';

const accepted: readonly (readonly [string, string, string])[] = [
  ['https', 'https://api.example.com', 'https://api.example.com'],
  ['one trailing slash', 'https://api.example.com/', 'https://api.example.com'],
  ['many trailing slashes', 'https://api.example.com///', 'https://api.example.com'],
  ['port', 'https://api.example.com:8443', 'https://api.example.com:8443'],
  ['path prefix', 'https://example.com/novita/v1/', 'https://example.com/novita/v1'],
  ['@ in the path', 'https://example.com/@team', 'https://example.com/@team'],
  ['upper case', 'HTTPS://API.EXAMPLE.COM', 'https://api.example.com'],
  ['http to localhost', 'http://localhost:8080/', 'http://localhost:8080'],
  ['http to 127.0.0.1', 'http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['http elsewhere in 127.0.0.0/8', 'http://127.8.9.10', 'http://127.8.9.10'],
  ['http to [::1]', 'http://[::1]:8080', 'http://[::1]:8080'],
  ['https to loopback', 'https://localhost', 'https://localhost'],
];

const wrongKind = 'must be an https:// URL (http:// only to localhost, 127.0.0.0/8 or [::1])';
const credentials = 'must not hold a user name or password';
const query = 'must not have a query (?) or fragment (#)';

const path = 'must not hold the path of the API, which the program adds';

const refused: readonly (readonly [string, string, string])[] = [
  ['http', 'http://api.example.com', wrongKind],
  ['the path of the API', 'https://api.novita.ai/gpu-instance/openapi/v1', path],
  ['the path of the API, with a slash', 'https://api.novita.ai/gpu-instance/openapi/v1/', path],
  ['the path of the API elsewhere', 'https://gateway.example.com/novita/gpu-instance', path],
  ['the path of another API of Novita', 'https://api.novita.ai/v3/openai', path],
  ['http to a private network', 'http://10.0.0.1', wrongKind],
  ['http to any address', 'http://0.0.0.0', wrongKind],
  ['name that begins like loopback', 'http://127.0.0.1.example.com', wrongKind],
  ['name that begins like localhost', 'http://localhost.example.com', wrongKind],
  ['another IPv6 address', 'http://[::2]', wrongKind],
  ['ftp', 'ftp://example.com', wrongKind],
  ['file', 'file:///etc/passwd', wrongKind],
  ['no scheme', 'api.example.com', wrongKind],
  ['one slash', 'https:/api.example.com', wrongKind],
  ['three slashes', 'https:///api.example.com', wrongKind],
  ['backslashes', 'https:\\\\api.example.com', wrongKind],
  ['backslash in front of another host', 'https://a.example\\@b.example', wrongKind],
  ['no host', 'https://', wrongKind],
  ['bad port', 'https://api.example.com:99999', wrongKind],
  ['blank before', ' https://api.example.com', wrongKind],
  ['blank inside', 'https://api.exa mple.com', wrongKind],
  ['line break at the end', 'https://api.example.com\n', wrongKind],
  ['tab inside', 'https://api.exam\tple.com', wrongKind],
  ['host outside ASCII', 'https://аpi.example.com', wrongKind],
  ['garbage', '%%%', wrongKind],
  ['user and password', 'https://Canary:Canary@example.com', credentials],
  ['user', 'https://Canary@example.com', credentials],
  ['empty user', 'https://@example.com', credentials],
  ['loopback as user', 'http://127.0.0.1@example.com', credentials],
  ['query', 'https://example.com/?key=Canary', query],
  ['empty query', 'https://example.com/?', query],
  ['fragment', 'https://example.com/#Canary', query],
  ['empty fragment', 'https://example.com#', query],
];

describe('config: base URL', () => {
  for (const [title, value, expected] of accepted) {
    it(`accepts ${title}`, () =>
      expect(configWith({ NOVITA_API_BASE_URL: value }).baseUrl).to.equal(expected));
  }
  for (const [title, value, expected] of refused) {
    it(`refuses ${title}, without repeating it`, () => {
      const message = messageFor('NOVITA_API_BASE_URL', value);
      expect(message).to.include(expected);
      expect(message).not.to.include('example').and.not.to.include('Canary');
    });
  }
  it('has a default when empty', () => {
    expect(configWith({ NOVITA_API_BASE_URL: '' }).baseUrl).to.equal('https://api.novita.ai');
  });
});
