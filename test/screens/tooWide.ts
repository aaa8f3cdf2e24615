/**
 * The screens that do not fit their terminal yet, by name and columns. A screen that does so by now must be taken out;
 * there is nothing else that a line may be too wide for.
 */
export const tooWide: readonly string[] = [];
