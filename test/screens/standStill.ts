import { screenTimeMs } from './screenTime.js';
import { standingDate } from './standingDate.js';

/** Loaded before the program: its clock shows the time of the screens. */
globalThis.Date = standingDate(Date, () => screenTimeMs);
