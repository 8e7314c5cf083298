package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * What {@code --sync} is given, {@code DIR[:GUESTDIR]}.
 *
 * @param host an existing folder, absolute
 * @param guest where it is to appear in the guest, absolute; the same path unless told otherwise
 */
record SyncArgument(Path host, String guest) {
    /** What a guest cannot do without; folders below them may be another matter. */
    private static final Set<String> NEEDED =
            Set.of("/", "/boot", "/lib", "/lib32", "/lib64", "/root", "/run", "/usr", "/usr/lib", "/var", "/var/lib");

    private static final Set<String> NEEDED_WITH_ALL_IN_IT =
            Set.of("/bin", "/dev", "/etc", "/proc", "/sbin", "/sys", "/usr/bin", "/usr/sbin");

    /** @throws HostFailure when there is no such folder here, or it cannot be there */
    static SyncArgument parse(String text) throws HostFailure {
        int colon = text.lastIndexOf(":/");
        Path host = Path.of(colon < 0 ? text : text.substring(0, colon))
                .toAbsolutePath()
                .normalize();
        int mark = text.lastIndexOf(':');
        if (!Files.isDirectory(host) && mark > 0 && Files.isDirectory(Path.of(text.substring(0, mark)))) {
            throw new HostFailure(
                    "GUESTDIR must begin with /: " + text.substring(mark + 1) + ".",
                    "Give the whole path: --sync " + text.substring(0, mark) + ":/" + text.substring(mark + 1));
        }
        if (!Files.isDirectory(host)) {
            throw new HostFailure("There is no folder " + host + ".", "Give --sync an existing folder.");
        }
        String guest = colon < 0 ? host.toString() : text.substring(colon + 1);
        Path place = Path.of(guest).normalize();
        if (NEEDED.contains(place.toString()) || NEEDED_WITH_ALL_IN_IT.stream().anyMatch(place::startsWith)) {
            throw new HostFailure(
                    "The folder would hide " + place + " in the guest, which the guest needs to run commands.",
                    "Name another place: --sync " + host + ":/work");
        }
        return new SyncArgument(host, guest);
    }
}
