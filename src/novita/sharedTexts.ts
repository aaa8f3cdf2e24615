/** Returns an equal text. */
export type ShareText = <Text extends string | null>(text: Text) => Text;

/**
 * Lets the rows of a list share the texts that many of them have in common. Each came as a copy of its own, and in a large
 * fleet the copies take more memory than all else that is kept.
 */
export function createTextSharing(): ShareText {
  const known = new Map<string | null, string | null>();
  return <Text extends string | null>(text: Text): Text => {
    const first = known.get(text);
    if (first === undefined) known.set(text, text);
    // What is known under a text is that text.
    return (first ?? text) as Text;
  };
}
