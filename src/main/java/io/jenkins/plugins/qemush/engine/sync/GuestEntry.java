package io.jenkins.plugins.qemush.engine.sync;

/**
 * What a guest tells of one of its files.
 *
 * @param mode permission bits with setuid, setgid and sticky
 * @param modified nanoseconds since the epoch, by the guest's clock
 * @param changed the inode's change time as the guest's {@code stat} prints it; empty when the entry may have changed
 *     since without looking different
 */
record GuestEntry(EntryType type, int mode, long size, long modified, String inode, String changed) {

    private static final int TYPE_MASK = 0170000;
    private static final int HEX_DIGITS = 5;

    /**
     * @param fields mode in hex or as {@code ls} shows it, device numbers in hex, size, inode, and behind a bar each:
     *     modification time, change time
     * @throws NumberFormatException or {@link IndexOutOfBoundsException} when they are not that
     */
    static GuestEntry parse(String fields) {
        String[] times = fields.split("\\|", 3);
        String[] parts = times[0].split(" ", 4);
        boolean bySymbols = parts[0].length() > HEX_DIGITS;
        int mode = bySymbols ? SymbolicMode.parse(parts[0]) : Integer.parseInt(parts[0], 16);
        return new GuestEntry(
                typeOf(mode & TYPE_MASK, parts[1]),
                mode & ~TYPE_MASK,
                Long.parseLong(parts[2]),
                GuestTime.parse(times[1]),
                parts[3],
                times[2]);
    }

    private static EntryType typeOf(int format, String device) {
        return switch (format) {
            case 0100000 -> EntryType.FILE;
            case 0040000 -> EntryType.DIRECTORY;
            case 0120000 -> EntryType.SYMLINK;
            case 0140000 -> EntryType.SOCKET;
            case 0020000 -> device.equals("0,0") ? EntryType.WHITEOUT : EntryType.OTHER;
            default -> EntryType.OTHER;
        };
    }

    boolean isSettled() {
        return !changed.isEmpty();
    }

    GuestEntry unsettled() {
        return new GuestEntry(type, mode, size, modified, inode, "");
    }
}
