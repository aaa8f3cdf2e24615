import { secretVariables, variableNames, type VariableName } from './variables.js';

type Texts = Readonly<Record<string, string | undefined>>;

/** Where values come from, the strongest first. */
export interface Layers {
  readonly flags: Texts;
  readonly environment: Texts;
  readonly envFile: Texts;
}

export interface Settings {
  /** What was given for each variable; one that nobody gave, or gave as empty text, is absent. */
  readonly values: Readonly<Partial<Record<VariableName, string>>>;
  /** Where each value came from, to be put after it; "" for the environment, which goes without saying. */
  readonly origins: Readonly<Partial<Record<VariableName, string>>>;
}

/** Takes each variable from the strongest layer that has it, leaving out the ignored ones. */
export function mergeLayers(layers: Layers, ignored: ReadonlySet<VariableName>): Settings {
  const values: Partial<Record<VariableName, string>> = {};
  const origins: Partial<Record<VariableName, string>> = {};
  const ordered: readonly (readonly [Texts, string])[] = [
    [layers.flags, ' on the command line'],
    [layers.environment, ''],
    [layers.envFile, ' in the --env-file'],
  ];
  for (const name of variableNames) {
    if (ignored.has(name)) continue;
    for (const [texts, origin] of ordered) {
      const text = texts[name] ?? '';
      if (text === '') continue;
      values[name] = text;
      origins[name] = origin;
      break;
    }
  }
  return { values, origins };
}

/** Every secret that was given anywhere, used or not: no message may hold any of them. */
export function givenSecrets(layers: Layers): string[] {
  const { flags, environment, envFile } = layers;
  return [flags, environment, envFile]
    .flatMap((texts) => secretVariables.map((name) => texts[name] ?? ''))
    .filter((secret) => secret !== '');
}

/** The place among the accounts that Kubernetes gives a pod of an Indexed Job, where nobody says otherwise. */
export function withJobIndex(given: Settings, environment: Texts): Settings {
  const index = environment['JOB_COMPLETION_INDEX'] ?? '';
  const { NOVITA_ACCOUNTS_DIR, NOVITA_ACCOUNT, NOVITA_ACCOUNT_INDEX } = given.values;
  const applies = NOVITA_ACCOUNTS_DIR !== undefined && NOVITA_ACCOUNT === undefined;
  if (index === '' || !applies || NOVITA_ACCOUNT_INDEX !== undefined) return given;
  return {
    values: { ...given.values, NOVITA_ACCOUNT_INDEX: index },
    origins: { ...given.origins, NOVITA_ACCOUNT_INDEX: ' in JOB_COMPLETION_INDEX' },
  };
}
