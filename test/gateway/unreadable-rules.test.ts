import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startClub } from './club.ts';

for (const [what, from, to, message] of [
  [
    'an argument that @authenticated does not have',
    /(contact: String[^\n]*)@authenticated/,
    '$1@authenticated(admin: true)',
    /@authenticated on Actor\.contact cannot be read: it takes no arguments/,
  ],
  [
    'a scope that is no text',
    /(ssn: String[^\n]*)@requiresScopes\(scopes: [^)]*\)/,
    '$1@requiresScopes(scopes: [["a", 1]])',
    /@requiresScopes on User\.ssn cannot be read: it takes "scopes"/,
  ],
  [
    'a second argument',
    /@policy\(policies: \[\["payroll"\]\]\)/,
    '@policy(policies: [["payroll"]], unless: [["x"]])',
    /@policy on User\.salary cannot be read: it takes "policies"/,
  ],
  [
    'another name of the argument',
    /(auditLog: String[^\n]*)@requiresScopes\(scopes:/,
    '$1@requiresScopes(scope:',
    /@requiresScopes on Query\.auditLog cannot be read/,
  ],
] as const) {
  test(`a rule with ${what} is refused at the start, with file and line`, async () => {
    let line = 0;
    const edit = (sdl: string): string => {
      const edited = sdl.replace(from, to);
      assert.notEqual(edited, sdl);
      const lines = edited.split('\n');
      line = 1 + lines.findIndex((text, index) => text !== sdl.split('\n')[index]);
      return edited;
    };
    await assert.rejects(startClub({ edit }), ({ message: said }: Error) => {
      const told = said.replaceAll('\\"', '"');
      assert.match(told, message);
      assert.match(told, new RegExp(`supergraph\\.graphql:${String(line)}:\\d+`));
      return true;
    });
  });
}
