// Renders a form's document, unchanged, with react-jsonschema-form 5 and 6 and holds both to what it promises.
//
//   node render.mjs DOCUMENT.json [SUBMITTED.json]
//
// DOCUMENT.json is {schema, uiSchema, formData}. Prints one line per check and ends with 0 if all passed, else 1.
// SUBMITTED.json receives what each version submits once every field is filled in: {"5": {...}, "6": {...}}.

import { readFileSync, writeFileSync } from 'node:fs';

import { fieldsOf, goodData, missing, otherwise, shown, states } from './expectations.mjs';
import { open } from './page.mjs';

const [file, submittedFile] = process.argv.slice(2);
if (!file) {
  console.error('usage: node render.mjs DOCUMENT.json [SUBMITTED.json]');
  process.exit(2);
}
const form = JSON.parse(readFileSync(file, 'utf8'));
const fields = fieldsOf(form);

let passed = 0;
let failed = 0;
const submitted = {};
const complaints = [];
for (const level of ['error', 'warn']) console[level] = (...words) => complaints.push(words.map(String).join(' '));

for (const rjsf of [await import('rjsf-v5'), await import('rjsf-v6')]) {
  const check = reporter(rjsf.version);
  try {
    checkDocument(check);
    await checkPage(rjsf, check);
    await checkConditions(rjsf, check);
    await checkSubmit(rjsf, check);
    for (const [dialect, validator] of Object.entries(rjsf.validators)) checkValidator(validator, dialect, check);
  } catch (error) {
    check('no exception', false, error.stack);
  }
  check('the renderer has nothing to complain about', complaints.length === 0, complaints.splice(0).join('\n'));
}
if (submittedFile) writeFileSync(submittedFile, JSON.stringify(submitted, null, 2));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function reporter(version) {
  return (what, holds, detail = '') => {
    holds ? passed++ : failed++;
    console.log(`${holds ? 'ok  ' : 'FAIL'} rjsf ${version}: ${what}${holds || detail === '' ? '' : `: ${detail}`}`);
  };
}

/** The document itself: no secret, no dialect inside the schema, no keyword that renderers do not know. */
function checkDocument(check) {
  const secrets = fields.filter(({ schema }) => schema.writeOnly || schema.format === 'password');
  check('there are fields', fields.length > 0);
  check('the schema names no dialect', !('$schema' in form.schema));
  check('no secret has a value', secrets.every(({ name, schema }) => !(name in form.formData) && !('default' in schema)));
  const text = JSON.stringify(form.schema);
  const foreign = ['"x-', 'additionalProperties', 'unevaluatedProperties', '"null"', 'uint', '$ref', '$defs'];
  check('the schema has standard keywords only', !foreign.some((word) => text.includes(word)));
}

/** The page as it is first seen. */
async function checkPage(rjsf, check) {
  const page = await open(rjsf, form);
  const visible = shown(fields, form.formData);
  const names = visible.map(({ name }) => name).join(' ');
  check('the fields, and no others, in their order', page.names().join(' ') === names, page.names().join(' '));
  for (const field of visible) checkField(page, field, check);
  await page.close();
}

function checkField(page, { name, schema, required }, check) {
  const control = page.find(name);
  const about = (what, holds, detail) => check(`${name}: ${what}`, holds, detail);
  if (!control) return about('is there', false);
  const label = page.labelText(name);
  const value = form.formData[name];
  about('title', label.startsWith(schema.title), label);
  about(required ? 'required mark' : 'no required mark', label.includes('*') === required, label);
  if (schema.type === 'boolean') return about('is ticked as it should be', control.checked === (value === true));
  if (schema.oneOf) return checkOptions(control, schema, value, about);
  if (schema.writeOnly) {
    about('is a password field', control.type === 'password', control.type);
    return about('is empty', control.value === '');
  }
  about('value', control.value === String(value ?? ''), control.value);
  about(schema.readOnly ? 'is read-only' : 'can be edited', (control.readOnly || control.disabled) === Boolean(schema.readOnly));
  const placeholder = form.uiSchema[name]?.['ui:placeholder'] ?? '';
  about('placeholder', control.placeholder === placeholder, control.placeholder);
}

function checkOptions(control, schema, value, about) {
  const titles = [...control.options].map((option) => option.textContent).filter((title) => title !== '');
  about('options', titles.join() === schema.oneOf.map((option) => option.title).join(), titles.join());
  const chosen = schema.oneOf.find((option) => option.const === value)?.title ?? '';
  about('chosen option', control.selectedOptions[0]?.textContent === chosen);
}

/** Conditional fields come and go as a person decides. */
async function checkConditions(rjsf, check) {
  for (const state of states(fields)) {
    const page = await open(rjsf, form);
    for (const now of [otherwise(fields, state), state, otherwise(fields, state)]) {
      await enterAll(page, now);
      const names = shown(fields, { ...form.formData, ...now }).map(({ name }) => name).join(' ');
      check(`fields while ${JSON.stringify(now)}`, page.names().join(' ') === names, page.names().join(' '));
    }
    await page.close();
  }
}

/** An empty form is refused; a complete one is submitted with typed values. */
async function checkSubmit(rjsf, check) {
  for (const state of states(fields).concat(states(fields).length === 0 ? [{}] : [])) {
    const page = await open(rjsf, form);
    await enterAll(page, state);
    const data = { ...form.formData, ...state };
    const lacking = missing(fields, data).length;
    if (lacking > 0) {
      await page.submit();
      check(`is not submitted while ${lacking} values are missing`, page.heard.submitted === undefined);
    }
    const good = goodData(fields, state);
    await enterAll(page, good);
    await page.submit();
    const sent = page.heard.submitted ?? {};
    const same = Object.entries(good).every(([name, value]) => sent[name] === value);
    check('a complete form is submitted as it was entered', same, JSON.stringify(page.heard));
    submitted[rjsf.version] = sent;
    await page.close();
  }
}

async function enterAll(page, data) {
  for (const [name, value] of Object.entries(data)) {
    const option = fields.find((field) => field.name === name).schema.oneOf?.find((option) => option.const === value);
    await page.enter(name, option?.title ?? value);
  }
}

/** The renderer's validator, without a page. */
function checkValidator(validator, dialect, check) {
  const errors = (data) => validator.validateFormData(data, form.schema).errors;
  for (const state of [{}, ...states(fields)]) {
    const good = goodData(fields, state);
    const where = `${dialect} validator, ${JSON.stringify(state)}`;
    check(`${where}: accepts good data`, errors(good).length === 0, JSON.stringify(errors(good)));
    const reported = errors(state).filter((error) => error.name === 'required');
    const names = reported.map((error) => error.params.missingProperty).sort().join(' ');
    const expected = missing(fields, state);
    check(`${where}: names what is missing`, names === expected.map(({ name }) => name).sort().join(' '), names);
    for (const field of shown(fields, good)) {
      const bad = wrong(field);
      if (bad === undefined) continue;
      const found = errors({ ...good, [field.name]: bad }).some((error) => error.property === `.${field.name}`);
      check(`${where}: refuses a wrong ${field.name}`, found);
    }
  }
}

/** A value that the field must not take. */
function wrong({ schema }) {
  if (schema.type === 'boolean') return 'perhaps';
  if (schema.type === 'integer') return schema.maximum + 1;
  if (schema.oneOf) return 'none of the options';
  if (schema.format === 'uri') return 'no address';
  return schema.maxLength === undefined ? undefined : 'x'.repeat(schema.maxLength + 1);
}
