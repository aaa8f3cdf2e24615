import type { Fleet } from './fleet.js';

/** What the server answers with, and how fast. */
export interface Scenario {
  readonly fleet: Fleet;
  /** How long each answer takes, in ms. */
  readonly delayMs: number;
  /** One migrate request in so many takes four times as long; 0 for none. */
  readonly slowEvery: number;
}

/** What the server was asked for since the scenario began. */
export interface Counts {
  readonly instancePages: number;
  readonly jobPages: number;
  /** The ids of the migrate requests, in the order in which they came. */
  readonly migrated: readonly string[];
  /** Requests that the API does not know, or without the key. */
  readonly refused: number;
  /** The most requests that were open at once. */
  readonly mostAtOnce: number;
}

/** What the key of the account is. */
export const apiKey = 'bench-key-of-nobody';

export type Message = { readonly begin: Scenario } | 'counts';
export type Answer = { readonly baseUrl: string } | { readonly begun: true } | { readonly counts: Counts };
