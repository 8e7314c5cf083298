package io.jenkins.plugins.qemush.engine.sync;

/**
 * Where a workspace lies in the guest.
 *
 * @param way {@link SyncMode#DISK} or {@link SyncMode#TAR}
 * @param state a folder of the engine's own
 * @param tree the workspace as the guest's commands see it
 */
record GuestPlace(SyncMode way, String state, String tree) {

    boolean isOverlay() {
        return way == SyncMode.DISK;
    }

    /** The folder to look for the guest's changes in. */
    String listed() {
        return isOverlay() ? state + "/upper" : tree;
    }
}
