package io.jenkins.plugins.qemush.engine.sync;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a symbolic link from a guest may point: into the folder, judged by its text alone, as the guest sees it.
 *
 * @param guest the folder's path in the guest, in the form of {@link RawName}
 * @param host its path on the host
 */
record LinkTarget(String guest, String host) {

    static LinkTarget of(WorkspaceSpec spec) {
        String host = RawName.of(spec.host());
        boolean same = spec.guestDirectory().equals(spec.host().toString());
        return new LinkTarget(same ? host : bytes(spec.guestDirectory()), host);
    }

    private static String bytes(String text) {
        String raw = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return raw.replaceAll("/+", "/").replaceFirst("/$", "");
    }

    /**
     * The text of the link on the host. It is the guest's, unless that starts at the root and the folder lies elsewhere
     * there: a relative link then leads to the same file on both sides.
     *
     * @param name the link's own name, relative to the folder
     * @return empty when the link leads outside
     */
    Optional<String> onHost(String name, String target) {
        if (!target.startsWith("/")) {
            return staysInside(name, target) ? Optional.of(target) : Optional.empty();
        }
        if (!(target + '/').startsWith(guest + '/') || (target + '/').contains("/../")) {
            return Optional.empty();
        }
        return Optional.of(guest.equals(host) ? target : relative(name, target.substring(guest.length())));
    }

    /** ".." counts only at the start: behind a name it could lead through another link, and up from wherever that goes. */
    private static boolean staysInside(String name, String target) {
        long depth = depth(name);
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
        return !target.isEmpty();
    }

    private static String relative(String name, String below) {
        String inside = below.replaceFirst("^/+", "");
        String up = "../".repeat((int) depth(name));
        return (up + inside).isEmpty() ? "." : up + inside;
    }

    private static long depth(String name) {
        return name.chars().filter(character -> character == '/').count();
    }
}
