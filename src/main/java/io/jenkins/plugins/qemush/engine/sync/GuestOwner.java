package io.jenkins.plugins.qemush.engine.sync;

/**
 * Who owns the workspace's files in the guest.
 *
 * @param user the user's name in the guest
 * @param uid the number expected for it; a wrong guess costs a second disk image, nothing else
 * @param gid the number expected for its first group
 */
public record GuestOwner(String user, int uid, int gid) {

    /** The first ordinary user of practically every Linux system has number 1000. */
    private static final int FIRST_USER = 1000;

    /** The owner of that name, with the numbers that are usual for it. */
    public static GuestOwner named(String user) {
        int number = user.equals("root") ? 0 : FIRST_USER;
        return new GuestOwner(user, number, number);
    }
}
