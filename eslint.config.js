import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

const gotOnlyInNovita = {
  name: 'got',
  message: 'Only src/novita talks HTTP. Use the client that it exports.',
};

const namedExports = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' };
const noProcessExit = {
  selector: "CallExpression[callee.object.name='process'][callee.property.name='exit']",
  message: 'process.exit() loses piped output: return the exit code.',
};
const languagesAtLoad = {
  selector:
    ":matches(Program, ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator > NewExpression[callee.object.name='Intl']",
  message:
    'It reads tables of all languages, which takes as long as a quarter of a start: make it when it is used.',
};
const gotLoaded = { selector: 'ImportExpression[source.value="got"]', message: gotOnlyInNovita.message };

const impureInCore = [
  { group: ['node:*'], message: 'src/core decides and never does: pass the value in as an argument.' },
  { group: ['../*', '!../core/*'], message: 'src/core imports nothing but src/core.' },
  { regex: '^[^.]', message: 'src/core imports no package: pass the function in as an argument.' },
];

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'node_modules/', '.stryker-tmp/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-console': 'error',
      'no-restricted-imports': ['error', { paths: [gotOnlyInNovita] }],
      'no-restricted-syntax': ['error', namedExports, noProcessExit, languagesAtLoad, gotLoaded],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/main.ts'],
    rules: {
      'no-restricted-globals': ['error', { name: 'process', message: 'Only src/main.ts reads the process.' }],
      'no-restricted-imports': [
        'error',
        {
          paths: [gotOnlyInNovita, { name: 'node:process', message: 'Only src/main.ts reads the process.' }],
        },
      ],
    },
  },
  {
    files: ['src/novita/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', namedExports, noProcessExit, languagesAtLoad],
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'node:process', message: 'Only src/main.ts reads the process.' }] },
      ],
    },
  },
  {
    files: ['src/core/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: impureInCore }],
      'no-restricted-globals': [
        'error',
        ...[
          'process',
          'setTimeout',
          'setInterval',
          'setImmediate',
          'fetch',
          'console',
          'performance',
          'crypto',
          'Buffer',
        ],
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Take the time as an argument.' },
        { object: 'Math', property: 'random', message: 'Take the randomness as an argument.' },
      ],
      'no-restricted-syntax': [
        'error',
        namedExports,
        languagesAtLoad,
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Take the time as an argument.',
        },
        { selector: 'ImportExpression', message: 'src/core loads nothing.' },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // chai's assertions are property reads.
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  {
    files: ['**/*.{js,cjs}'],
    languageOptions: { globals: { process: 'readonly', require: 'readonly', module: 'readonly' } },
  },
);
