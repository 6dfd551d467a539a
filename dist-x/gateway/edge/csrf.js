/**
 * Whether a browser would have asked first (a CORS preflight) before a page of another origin could send this: it has a
 * JSON content type, or one of the required headers. Everything else is what a form or an image can send.
 */
export function askedFirst(headers, requiredHeaders) {
    const contentType = headers['content-type'];
    if (typeof contentType === 'string' && /^application\/json\s*(?:;|$)/i.test(contentType))
        return true;
    return requiredHeaders.some((name) => {
        const value = headers[name];
        return value !== undefined && value.length > 0;
    });
}
//# sourceMappingURL=csrf.js.map