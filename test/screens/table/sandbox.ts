import type { Screen } from '../screen.js';

export const sandboxScreens: readonly Screen[] = [
  { name: 'sandbox', about: 'served until stopped', args: ['sandbox'] },
];
