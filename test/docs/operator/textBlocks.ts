const block = /^```text\n([\s\S]*?)^```$/gm;

/** The blocks of a document that show what the program says, where `…` stands for what differs. */
export function textBlocksOf(document: string): readonly string[] {
  return [...document.matchAll(block)].map(([, text = '']) => text.trim());
}

/** True when a program has said what a text shows, however both are broken into lines. */
export function isSaid(text: string, said: string): boolean {
  const whole = inOneLine(said);
  let from = 0;
  return inOneLine(text)
    .split('…')
    .every((part) => {
      const at = whole.indexOf(part.trim(), from);
      from = at + part.trim().length;
      return at >= 0;
    });
}

function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
