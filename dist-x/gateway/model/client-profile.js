/** Of every client program that no other profile names; what it says may be left to the rest of gateway.yaml. */
export const defaultProfile = 'default';
//# sourceMappingURL=client-profile.js.map