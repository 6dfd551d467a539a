import { policyVersion } from "../authorize/authorize.js";
import { followFile } from "../config/follow-file.js";
export function policyFollower(onChange) {
    let followed;
    const leaving = [];
    return {
        follow: (judge) => {
            const source = judge?.source;
            if (source?.path === followed?.path)
                return;
            if (followed !== undefined)
                leaving.push(followed.file.close());
            followed = source && { path: source.path, file: followedFile(source, onChange) };
        },
        close: async () => {
            await Promise.all([...leaving, followed?.file.close()]);
        },
    };
}
function followedFile({ path, version }, onChange) {
    return followFile(path, {
        first: version,
        read: () => policyVersion(path),
        textOf: (text) => text,
        onRead: () => {
            onChange();
            return Promise.resolve();
        },
    });
}
//# sourceMappingURL=policy-follower.js.map