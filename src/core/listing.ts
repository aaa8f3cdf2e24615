/** Everything that the pages of one list held. */
export interface Listing<Row> {
  readonly rows: readonly Row[];
  /** False when rows are known to be missing: the provider's total disagrees, or a row was unreadable. */
  readonly complete: boolean;
  /** One sentence for each thing that an operator should know about how the list was read. */
  readonly warnings: readonly string[];
}
