import ts from 'typescript';

/**
 * The fields that the valibot schemas of a source file read, by the constant that the schema is called by. Those of an
 * object in an object come with the name of the outer field and a dot.
 */
export function schemaFields(source: string): ReadonlyMap<string, readonly string[]> {
  const file = ts.createSourceFile('schema.ts', source, ts.ScriptTarget.Latest, true);
  const fields = new Map<string, string[]>();
  const visit = (node: ts.Node, schema: string, prefix: string): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && schema === '') {
      ts.forEachChild(node, (child) => visit(child, node.name.getText(), ''));
      return;
    }
    if (isObjectSchema(node)) {
      const [entries] = node.arguments;
      if (entries === undefined || !ts.isObjectLiteralExpression(entries))
        throw new Error(`The fields of ${schema} cannot be read: ${node.getText()}`);
      for (const entry of entries.properties) {
        const name = `${prefix}${entry.name?.getText() ?? ''}`;
        const known = fields.get(schema) ?? [];
        fields.set(schema, [...known, name]);
        ts.forEachChild(entry, (child) => visit(child, schema, `${name}.`));
      }
      return;
    }
    ts.forEachChild(node, (child) => visit(child, schema, prefix));
  };
  visit(file, '', '');
  return fields;
}

/** `v.object(...)`, and its kin that take fields as well. */
function isObjectSchema(node: ts.Node): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) &&
    /^v\.(loose|strict)?[oO]bject(WithRest|Async)?$/.test(node.expression.getText())
  );
}

/** The names in an object that a constant of a source file stands for. */
export function namesIn(source: string, constant: string): readonly string[] {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    const isIt = ts.isVariableDeclaration(node) && node.name.getText() === constant;
    if (isIt && node.initializer !== undefined && ts.isObjectLiteralExpression(node.initializer))
      names.push(...node.initializer.properties.map(({ name }) => name?.getText() ?? ''));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}
