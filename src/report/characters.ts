let segmenter: Intl.Segmenter | null = null;

/** What a reader takes for one character each, as far as somebody asks. */
export function* charactersOf(text: string): Generator<string> {
  // Made once, and not before it is needed: it reads tables of all languages.
  segmenter ??= new Intl.Segmenter();
  for (const { segment } of segmenter.segment(text)) yield segment;
}
