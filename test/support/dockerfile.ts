import { readFileSync } from 'node:fs';
import {
  type Copy,
  type Dockerfile,
  DockerfileParser,
  type From,
  type JSONInstruction,
} from 'dockerfile-ast';

const text = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8');

/** One COPY: what is copied, from where, and to which absolute path of the image. */
export interface CopyStep {
  /** The stage to copy from; null for the folder of the Dockerfile. */
  readonly fromStage: string | null;
  readonly sources: readonly string[];
  readonly destination: string;
}

export interface Stage {
  readonly image: string;
  readonly tag: string;
  readonly digest: string | null;
  readonly name: string | null;
  readonly workingDirectory: string;
  readonly copies: readonly CopyStep[];
  /** The shell lines, in order. */
  readonly runs: readonly string[];
  readonly user: string | null;
  readonly labels: Readonly<Record<string, string>>;
  /** Their words in exec form, or null where there is none in exec form. */
  readonly entrypoint: readonly string[] | null;
  readonly command: readonly string[] | null;
}

/** Reads the project's Dockerfile, stage by stage. */
export function readStages(): { readonly text: string; readonly stages: readonly Stage[] } {
  const dockerfile = DockerfileParser.parse(text);
  return { text, stages: dockerfile.getFROMs().map((from, index) => readStage(dockerfile, from, index)) };
}

function readStage(dockerfile: Dockerfile, from: From, index: number): Stage {
  const start = from.getRange().start.line;
  const end = dockerfile.getFROMs()[index + 1]?.getRange().start.line ?? Infinity;
  const instructions = dockerfile.getInstructions().filter((instruction) => {
    const { line } = instruction.getRange().start;
    return line >= start && line < end;
  });
  const all = (keyword: string) => instructions.filter((each) => each.getKeyword() === keyword);
  const last = (keyword: string) => all(keyword).at(-1);
  const workingDirectory = last('WORKDIR')?.getArgumentsContent() ?? '/';
  return {
    image: from.getImageName() ?? '',
    tag: from.getImageTag() ?? '',
    digest: from.getImageDigest(),
    name: from.getBuildStage(),
    workingDirectory,
    copies: instructions
      .filter((each): each is Copy => each.getKeyword() === 'COPY')
      .map((copy) => readCopy(copy, workingDirectory)),
    runs: all('RUN').map((run) => run.getArgumentsContent() ?? ''),
    user: last('USER')?.getArgumentsContent() ?? null,
    labels: readLabels(last('LABEL')?.getArgumentsContent() ?? ''),
    entrypoint: execForm(last('ENTRYPOINT')),
    command: execForm(last('CMD')),
  };
}

function readCopy(copy: Copy, workingDirectory: string): CopyStep {
  const words = copy.getArguments().map((argument) => argument.getValue());
  const destination = words.pop() ?? '';
  return {
    fromStage: copy.getFromFlag()?.getValue() ?? null,
    sources: words,
    destination: new URL(destination, `file://${workingDirectory}/`).pathname,
  };
}

function readLabels(content: string): Readonly<Record<string, string>> {
  const pairs = [...content.matchAll(/([\w.]+)="([^"]*)"/g)];
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, value]));
}

function execForm(instruction: ReturnType<Dockerfile['getInstructions']>[number] | undefined) {
  const words = (instruction as JSONInstruction | undefined)?.getJSONStrings() ?? [];
  return words.length === 0 ? null : words.map((word) => word.getJSONValue());
}
