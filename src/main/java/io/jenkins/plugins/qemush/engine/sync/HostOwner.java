package io.jenkins.plugins.qemush.engine.sync;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/** Owners, groups and special bits of what the host has already: they are not the guest's to change. */
final class HostOwner {

    private static final int SPECIAL_BITS = 07000;
    private static final int PERMISSION_BITS = 0777;

    private HostOwner() {}

    /**
     * Gives a new file the owner and the group of the file that it is to replace, as far as this process may. To be called
     * before the mode is set: a change of the owner takes bits of it away.
     */
    static void keep(Path old, Path fresh) throws IOException {
        if (!Files.isRegularFile(old, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Map<String, Object> wanted = ids(old);
        Map<String, Object> is = ids(fresh);
        for (String id : new String[] {"gid", "uid"}) {
            if (!wanted.get(id).equals(is.get(id))) {
                give(fresh, "unix:" + id, wanted.get(id));
            }
        }
    }

    private static Map<String, Object> ids(Path path) throws IOException {
        return Files.readAttributes(path, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
    }

    private static void give(Path path, String attribute, Object id) throws IOException {
        try {
            Files.setAttribute(path, attribute, id, LinkOption.NOFOLLOW_LINKS);
        } catch (FileSystemException e) {
            // An ordinary user may give a file to its own groups only. The content counts.
            System.getLogger(HostOwner.class.getName()).log(System.Logger.Level.DEBUG, "owner not kept", e);
        }
    }

    /** Sets a folder's permissions and leaves its special bits, which may have come from the folder around it. */
    static void setPermissions(Path folder, int mode) throws IOException {
        int old = HostEntry.allBits(folder);
        int wanted = old & SPECIAL_BITS | mode & PERMISSION_BITS;
        if (wanted != old) {
            Files.setAttribute(folder, "unix:mode", wanted);
        }
    }
}
