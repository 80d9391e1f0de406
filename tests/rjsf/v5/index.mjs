// react-jsonschema-form 5 is CommonJS, whose default export Node hands over inside a module object.
import core from '@rjsf/core';
import validator from '@rjsf/validator-ajv8';
import Ajv2020 from 'ajv/dist/2020.js';

export const version = 5;
export const Form = core.default;
export const validators = {
  'draft-07': validator.default,
  '2020-12': validator.customizeValidator({ AjvClass: Ajv2020.default ?? Ajv2020 }),
};
