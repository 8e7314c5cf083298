package io.jenkins.plugins.qemush.engine.sync;

/**
 * Where a workspace lies in the guest.
 *
 * @param way {@link SyncMode#DISK} or {@link SyncMode#TAR}
 * @param state a folder of the engine's own
 * @param tree the workspace as the guest's commands see it
 * @param listed the folder to look for the guest's changes in
 * @param namesTogether whether a file of the host's with several names stays one when the guest writes it, though only the
 *     name that was used is listed
 */
record GuestPlace(SyncMode way, String state, String tree, String listed, boolean namesTogether) {

    /** A place of the engine's own making. Another workspace may be mounted over the tree later, but never over what is listed. */
    GuestPlace(SyncMode way, String state, String tree) {
        this(way, state, tree, state + (way == SyncMode.DISK ? "/upper" : "/tree"), false);
    }

    /** A folder of the guest's own. */
    static GuestPlace asItIs(String state, String folder) {
        return new GuestPlace(SyncMode.TAR, state, folder, folder, false);
    }

    GuestPlace withNamesTogether(boolean together) {
        return new GuestPlace(way, state, tree, listed, together);
    }

    boolean isOverlay() {
        return way == SyncMode.DISK;
    }
}
