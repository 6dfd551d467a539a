import { z } from 'zod';
import { gatewayConfig } from "./gateway-config.js";
/** JSON Schema of gateway.yaml, for editors. */
export function configSchema() {
    const schema = z.toJSONSchema(gatewayConfig, { io: 'input', reused: 'inline' });
    return { ...schema, title: 'gateway.yaml' };
}
/** gateway.yaml with every key at its default and what it is for; reading it gives what an empty file gives. */
export function configDefaults() {
    const schema = z.toJSONSchema(gatewayConfig, { io: 'input', reused: 'inline' });
    const lines = [
        '# gateway.yaml with all defaults. Every key may be left out. Durations: 250ms, 5s, 1h; sizes: 256KB, 5MB.',
        '# ${env.NAME:-default} and ${file.path} are filled in. Editor schema: weir config schema',
        ...mapping(schema.properties ?? {}, ''),
    ];
    return `${lines.join('\n')}\n`;
}
function mapping(properties, indent) {
    return Object.entries(properties).flatMap(([key, property]) => entry(key, property, indent));
}
function entry(key, property, indent) {
    const about = property.description === undefined ? [] : [`${indent}# ${property.description}`];
    if (property.type === 'object' && property.properties !== undefined && property.default !== undefined) {
        return [...about, `${indent}${key}:`, ...mapping(property.properties, `${indent}  `)];
    }
    if (property.default === undefined)
        return [...about, `${indent}# ${key}: none by default`];
    const choices = property.enum === undefined ? '' : ` # ${property.enum.map(String).join(' | ')}`;
    return [...about, `${indent}${key}: ${JSON.stringify(property.default)}${choices}`];
}
//# sourceMappingURL=defaults.js.map