// What a document promises, read from its own JSON Schema: the renderers are held to this.

/** Every field in the order in which it is to be shown. */
export function fieldsOf({ schema, uiSchema }) {
  const fields = group(schema, null);
  const demands = [];
  for (const branch of schema.allOf ?? []) {
    const conditions = Object.entries(branch.if.properties).map(([field, { const: equals }]) => ({ field, equals }));
    if (branch.then.properties) fields.push(...group(branch.then, conditions[0]));
    else demands.push(...branch.then.required.map((name) => ({ name, conditions })));
  }
  for (const field of fields) field.needed = demands.filter(({ name }) => name === field.name);
  const order = uiSchema['ui:order'];
  return fields.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

function group({ properties = {}, required = [] }, when) {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    schema,
    when,
    required: required.includes(name),
  }));
}

/** The fields that are shown while the form holds `data`. */
export function shown(fields, data) {
  return fields.filter(({ when }) => when === null || data[when.field] === when.equals);
}

/** The fields that need a value while the form holds `data`, and have none. */
export function missing(fields, data) {
  const holds = ({ conditions }) => conditions.every(({ field, equals }) => data[field] === equals);
  return shown(fields, data).filter((field) => (field.required || field.needed.some(holds)) && !(field.name in data));
}

/** Every state of the deciding fields that shows another set of fields: `{}` and one per condition. */
export function states(fields) {
  const conditions = new Map();
  for (const { when } of fields) {
    if (when) conditions.set(JSON.stringify(when), { [when.field]: when.equals });
  }
  return [...conditions.values()];
}

/** A value that decides otherwise, to hide again what `state` shows. */
export function otherwise(fields, state) {
  const [[name, value]] = Object.entries(state);
  const { schema } = fields.find((field) => field.name === name);
  const values = schema.type === 'boolean' ? [true, false] : schema.oneOf.map((option) => option.const);
  return { [name]: values.find((other) => other !== value) };
}

/** What a person enters into one field, or `undefined` where nobody enters anything. */
export function sample({ name, schema }) {
  if (schema.readOnly) return undefined;
  if (schema.type === 'boolean') return true;
  if (schema.type === 'integer') return schema.minimum ?? 1;
  if (schema.oneOf) return schema.oneOf[0].const;
  if (schema.format === 'uri') return 'https://example.com/base';
  const fits = (text) =>
    text.length >= (schema.minLength ?? 0) &&
    text.length <= (schema.maxLength ?? Infinity) &&
    (schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(text));
  const seeds = ['example', 'abc123', '123', 'A', 'a.b', 'a-b', 'a@example.com', '/page'];
  const text = seeds.flatMap((seed) => [seed, seed.repeat(8), seed.repeat(32)]).find(fits);
  if (text === undefined) throw new Error(`no sample fits ${name}: teach sample() its pattern`);
  return text;
}

/** A complete and correct set of values in `state`. */
export function goodData(fields, state) {
  const data = { ...state };
  // The first round decides which fields are shown, the second fills those.
  for (const round of [state, data]) {
    for (const field of shown(fields, round)) data[field.name] ??= sample(field);
  }
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}
