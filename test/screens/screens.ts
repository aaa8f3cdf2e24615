import type { Screen } from './screen.js';
import { accountsScreens } from './table/accounts.js';
import { checkScreens } from './table/check.js';
import { errorScreens } from './table/errors.js';
import { helpScreens } from './table/help.js';
import { listScreens } from './table/list.js';
import { migrateScreens } from './table/migrate.js';
import { sandboxScreens } from './table/sandbox.js';
import { statusScreens } from './table/status.js';

/** Every screen of the program. */
export const screens: readonly Screen[] = [
  ...helpScreens,
  ...listScreens,
  ...checkScreens,
  ...migrateScreens,
  ...statusScreens,
  ...errorScreens,
  ...accountsScreens,
  ...sandboxScreens,
];
