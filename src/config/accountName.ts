const nameRule = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/** True for what can name a file, a label of a metric and a part of a URL alike. */
export function isAccountName(name: string): boolean {
  return nameRule.test(name);
}
