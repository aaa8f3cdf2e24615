import ts from 'typescript';

/** An object of the Kubernetes API, as kubectl prints it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

const options: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  types: [],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
};

/** Files of libraries are parsed once, not once a check. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/**
 * Checks an object against the Kubernetes API: missing, unknown and wrongly typed fields, and values of closed sets.
 *
 * It is written down as an object literal of the type that its apiVersion and kind name, in which the compiler allows
 * no unknown field at any depth. What types cannot say, such as whole numbers, the schema of the kind checks.
 *
 * @returns what is wrong, one sentence each; empty for a valid object
 */
export async function schemaProblems(object: KubernetesObject): Promise<readonly string[]> {
  const { apiVersion, kind } = object;
  const text =
    `import type { I${kind} } from 'kubernetes-models/${apiVersion}';\n` +
    `export const object: I${kind} = ${JSON.stringify(object, null, 2)};\n`;
  const byType = compilerProblems(text);
  return byType.length > 0 ? byType : schemaProblemsOf(object);
}

function compilerProblems(text: string): readonly string[] {
  const path = new URL('object.ts', import.meta.url).pathname;
  const host = ts.createCompilerHost(options);
  const parse: ts.CompilerHost['getSourceFile'] = (name, version, ...others) => {
    if (name === path) return ts.createSourceFile(name, text, version);
    if (!parsed.has(name)) parsed.set(name, host.getSourceFile(name, version, ...others));
    return parsed.get(name);
  };
  const fileExists = (name: string) => name === path || host.fileExists(name);
  const program = ts.createProgram([path], options, { ...host, fileExists, getSourceFile: parse });
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line =
      file?.text.slice(file.text.lastIndexOf('\n', start) + 1, file.text.indexOf('\n', start)) ?? '';
    return `${line.trim()}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

async function schemaProblemsOf({ apiVersion, kind, ...data }: KubernetesObject): Promise<readonly string[]> {
  const models = (await import(`kubernetes-models/${apiVersion}`)) as Readonly<
    Record<string, (new (data: unknown) => { validate(): void }) | undefined>
  >;
  const Model = models[kind];
  if (!Model) return [`no kind ${kind} in ${apiVersion}`];
  try {
    new Model(data).validate();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
