/*
 * What each command shows to people. Whatever measures text for a terminal takes as long to load as a third of a run, so
 * this is imported only when something is to be shown.
 */
export { renderCheck } from './checkScreen.js';
export { renderList } from './listScreen.js';
export { renderMigrate } from './migrateScreen.js';
