/**
 * Takes out of a screen what is another each time, and nothing else: the port that the system chose, the folder and
 * the id of the run. What stands in their place is as wide.
 */
export function masked(text: string): string {
  return text
    .replaceAll(/127\.0\.0\.1:\d{5}/g, '127.0.0.1:49152')
    .replaceAll(/\/tmp\/novita-spot-\w{6}/g, '/tmp/novita-spot-FOLDER')
    .replaceAll(/\b[\da-f]{8}(-[\da-f]{4}){4}[\da-f]{8}\b/g, '01234567-89ab-4cde-8f01-23456789abcd');
}
