package io.jenkins.plugins.qemush.engine.admission;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory that a control group allows, as a container has it (cgroups(7)).
 *
 * @param limit in MB; the largest number for none
 * @param available of it, in MB
 */
record ControlGroup(long limit, long available) {
    private static final ControlGroup NONE = new ControlGroup(Long.MAX_VALUE, Long.MAX_VALUE);
    private static final Path MEMBERSHIP = Path.of("/proc/self/cgroup");
    private static final Path MOUNT = Path.of("/proc/self/root/sys/fs/cgroup");

    /** The names of the same files in both versions. */
    private record Version(String controller, String limit, String usage, String cache) {}

    private static final List<Version> VERSIONS = List.of(
            new Version("", "memory.max", "memory.current", "inactive_file"),
            new Version("memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"));

    static ControlGroup ofThisProcess() throws IOException {
        return of(MEMBERSHIP, MOUNT);
    }

    /**
     * The tightest of those that a process is in; a group counts for all below it.
     *
     * @param membership its lines are {@code hierarchy:controllers:path}
     * @param mount has the groups of version 2, and those of version 1 in a folder for each controller
     */
    static ControlGroup of(Path membership, Path mount) throws IOException {
        ControlGroup tightest = NONE;
        for (String line : Files.isReadable(membership) ? Files.readAllLines(membership) : List.<String>of()) {
            String[] parts = line.split(":", 3);
            for (Version version : VERSIONS) {
                if (List.of(parts[1].split(",")).contains(version.controller())) {
                    Path root = mount.resolve(version.controller());
                    tightest = tightest.and(upwards(version, root, root.resolve(parts[2].substring(1))));
                }
            }
        }
        return tightest;
    }

    /** A container may see its own group as the root, and then not under its path. */
    private static ControlGroup upwards(Version version, Path root, Path folder) throws IOException {
        ControlGroup tightest = NONE;
        for (Path group = folder.normalize(); group != null && group.startsWith(root); group = group.getParent()) {
            if (Files.isReadable(group.resolve(version.limit()))) {
                tightest = tightest.and(read(version, group));
            }
        }
        return tightest;
    }

    private ControlGroup and(ControlGroup other) {
        return new ControlGroup(Math.min(limit, other.limit), Math.min(available, other.available));
    }

    private static ControlGroup read(Version version, Path group) throws IOException {
        String limit = Files.readString(group.resolve(version.limit())).strip();
        if (!limit.matches("[0-9]{1,18}")) {
            // "max", or version 1's way to say the same.
            return NONE;
        }
        long bytes = Long.parseLong(limit);
        long used =
                Long.parseLong(Files.readString(group.resolve(version.usage())).strip());
        long cache = Files.readAllLines(group.resolve("memory.stat")).stream()
                .filter(line -> line.startsWith(version.cache() + " "))
                .mapToLong(line -> Long.parseLong(line.substring(version.cache().length() + 1)))
                .findFirst()
                .orElse(0);
        return new ControlGroup(bytes >> 20, (bytes - used + cache) >> 20);
    }
}
