import { builtinModules } from 'node:module';

/**
 * A value for NODE_OPTIONS that has a program begin with this code, to bring about what a test cannot: a disk that is
 * full, a network that is down.
 *
 * @param module - the module of node that the code replaces a function of, by the name `target`
 */
export function preload(module: string, code: string): string {
  if (!builtinModules.includes(module)) throw new Error(`${module} is no module of node.`);
  const text = [
    `import target from 'node:${module}';`,
    `import { syncBuiltinESMExports } from 'node:module';`,
    code,
    `syncBuiltinESMExports();`,
  ].join('\n');
  return `--import=data:text/javascript,${encodeURIComponent(text)}`;
}

/** Every name is looked up in vain, with this error of node:dns. */
export function failingLookup(code: string): string {
  return preload(
    'dns',
    `target.lookup = (...args) => args.at(-1)(Object.assign(new Error('lookup'), { code: '${code}' }));`,
  );
}

/** What is made or opened in this folder fails, with this error of node:fs. */
export function failingFolder(folder: string, code: string): string {
  return preload(
    'fs',
    `for (const name of ['mkdirSync', 'openSync']) {
      const real = target[name];
      target[name] = (path, ...rest) => {
        if (String(path).startsWith(${JSON.stringify(folder)})) {
          throw Object.assign(new Error(name), { code: '${code}' });
        }
        return real(path, ...rest);
      };
    }`,
  );
}
