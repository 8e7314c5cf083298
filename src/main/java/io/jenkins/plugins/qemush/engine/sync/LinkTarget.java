package io.jenkins.plugins.qemush.engine.sync;

/** Where a symbolic link from a guest may point: into the workspace, judged by its text alone. */
final class LinkTarget {

    private LinkTarget() {}

    /**
     * ".." counts only at the start: behind a name it could lead through another link, and up from wherever that goes.
     *
     * @param name the link's own name, relative to the workspace
     * @param workspace the workspace's path, the same on both sides
     */
    static boolean staysInside(String name, String target, String workspace) {
        if (target.startsWith("/")) {
            return (target + '/').startsWith(workspace + '/') && !(target + '/').contains("/../");
        }
        long depth = name.chars().filter(character -> character == '/').count();
        boolean named = false;
        for (String part : target.split("/")) {
            if (part.equals("..")) {
                depth--;
                if (named || depth < 0) {
                    return false;
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                named = true;
            }
        }
        return true;
    }
}
