import core from '@rjsf/core';
import validator, { customizeValidator } from '@rjsf/validator-ajv8';
import Ajv2020 from 'ajv/dist/2020.js';

export const version = 6;
export const Form = core;
export const validators = {
  'draft-07': validator,
  '2020-12': customizeValidator({ AjvClass: Ajv2020.default ?? Ajv2020 }),
};
