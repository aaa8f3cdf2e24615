/** Part of every secret in the sandbox's answers, so that a test can prove that none ever comes out. */
export const sandboxSecretMarker = 'SANDBOX-SECRET';

/** A secret for a place in an answer. */
export function sandboxSecret(place: string): string {
  return `${sandboxSecretMarker}-${place}`;
}
