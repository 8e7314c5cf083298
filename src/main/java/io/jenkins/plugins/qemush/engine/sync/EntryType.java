package io.jenkins.plugins.qemush.engine.sync;

/** The kinds of directory entries that matter here. */
enum EntryType {
    FILE,
    DIRECTORY,
    SYMLINK,
    /** In an overlay's upper layer: the entry of this name was deleted. */
    WHITEOUT,
    /** Never travels and does no harm. */
    SOCKET,
    /** Devices and pipes. */
    OTHER
}
