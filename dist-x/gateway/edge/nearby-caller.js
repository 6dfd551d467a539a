const forwarding = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];
const ownNames = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;
/**
 * Whether a request comes from this machine itself, and not through a proxy that runs here, nor from a page in a browser
 * here whose own name was made to lead to this machine.
 */
export function isFromThisMachine({ socket, headers }) {
    const address = socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
    const isLoopback = address === '::1' || address.startsWith('127.');
    const isByOwnName = ownNames.test(headers.host ?? '');
    return isLoopback && isByOwnName && forwarding.every((name) => headers[name] === undefined);
}
//# sourceMappingURL=nearby-caller.js.map