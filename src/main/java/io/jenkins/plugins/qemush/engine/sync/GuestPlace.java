package io.jenkins.plugins.qemush.engine.sync;

/**
 * Where a workspace lies in the guest.
 *
 * @param way {@link SyncMode#DISK} or {@link SyncMode#TAR}
 * @param state a folder of the engine's own
 * @param tree the workspace as the guest's commands see it
 * @param namesTogether whether a file of the host's with several names stays one when the guest writes it, though only the
 *     name that was used is listed
 */
record GuestPlace(SyncMode way, String state, String tree, boolean namesTogether) {

    GuestPlace(SyncMode way, String state, String tree) {
        this(way, state, tree, false);
    }

    GuestPlace withNamesTogether(boolean together) {
        return new GuestPlace(way, state, tree, together);
    }

    boolean isOverlay() {
        return way == SyncMode.DISK;
    }

    /** The folder to look for the guest's changes in. */
    String listed() {
        return isOverlay() ? state + "/upper" : tree;
    }
}
