/** Goes on at once with what is there already, else when it comes. */
export const after = (value, next) => value instanceof Promise ? value.then(next) : next(value);
export const refused = (error) => ({ kind: 'refused', error });
//# sourceMappingURL=checked.js.map