package io.jenkins.plugins.qemush.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.qemush.engine.image.store.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A folder of the host, and what a guest makes of it, for one test. Both ways of synchronising behave alike; busybox runs the guest's
 * scripts for real.
 */
final class SyncedFolder implements BeforeEachCallback, AfterEachCallback {
    /** Everything of a tree that counts but times: names, kinds, modes, content, link targets. */
    private static final String DESCRIBE =
            """
            find . -mindepth 1 -exec sh -c 'for f; do
                case $(stat -c %f "$f") in
                    a*) echo "$f -> $(readlink "$f")";;
                    4*) echo "$f $(stat -c %a "$f")";;
                    *) echo "$f $(stat -c "%a %s" "$f") $(md5sum <"$f")";;
                esac
            done' sh {} + | sort
            """;

    /** The files' times, by name. */
    private static final String TIMES = "find . -type f -exec stat -c '%Y %n' {} + | sort -k 2";

    /** An edit and what was made of it may be within a second: earlier files of one second are moved back for that. */
    private static final long SECONDS_APART = 10;

    private Path temp;
    private Path host;
    private LocalGuest guest;
    private String inGuest;
    private List<String> lacking = List.of();
    private GuestWorkspace workspace;
    private SyncPolicy policy = SyncPolicy.DEFAULT;
    private Path readOnly;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        temp = Files.createTempDirectory("qemu-sh-sync");
        host = Files.createDirectory(temp.resolve("work space ü"));
    }

    void guestLacks(String... programs) {
        lacking = List.of(programs);
    }

    Path host() {
        return host;
    }

    /** Starts the guest, instead of one that is there: it gets what the folder has by now. */
    void open(SyncMode mode, String... excludes) throws IOException, InterruptedException {
        open(mode, Long.MAX_VALUE, excludes);
    }

    void open(SyncMode mode, long maximumBytes, String... excludes) throws IOException, InterruptedException {
        start(mode, maximumBytes, host.toString(), excludes);
    }

    /** Has the folder somewhere else in the guest. */
    void openAt(String guestDirectory, SyncMode mode) throws IOException, InterruptedException {
        start(mode, Long.MAX_VALUE, guestDirectory);
    }

    private void start(SyncMode mode, long maximumBytes, String guestDirectory, String... excludes)
            throws IOException, InterruptedException {
        if (guest != null) {
            guest.close();
        }
        inGuest = guestDirectory;
        Path scratch = Files.createTempDirectory(temp, "guest");
        guest = new LocalGuest(scratch, mode == SyncMode.DISK);
        guest.lack(lacking);
        WorkspaceSpec spec = new WorkspaceSpec(
                host, guestDirectory, GuestOwner.named("root"), Excludes.of(excludes), mode, maximumBytes);
        workspace = PreparedWorkspace.prepare(spec, Optional.of(LocalGuest.disk(scratch)))
                .enter(guest);
    }

    String guestDoes(String script) throws IOException, InterruptedException {
        return guest.sh(Path.of(inGuest), script);
    }

    /** Until what the guest wrote is clearly in the past: before that, the next pull brings it a second time. */
    void guestRests() throws IOException, InterruptedException {
        guestDoes(
                "now() { : >/var/lib/now; stat -c %z /var/lib/now; }; then=$(now); while [ \"$(now)\" = \"$then\" ]; do :; done");
    }

    void hostDoes(String script) throws IOException, InterruptedException {
        LocalGuest.run("sh", "-c", "set -e; cd \"$1\"; " + script, "sh", host.toString());
    }

    SyncReport push() throws IOException, InterruptedException {
        return workspace.push();
    }

    SyncReport pull() throws IOException, InterruptedException {
        return workspace.pull(policy);
    }

    /** For the pulls to come. */
    void choose(SyncPolicy other) {
        policy = other;
    }

    /** Nobody can write in a folder of the host any more: permissions alone would not stop its owner, nor root. */
    void makeReadOnly(String name) throws IOException, InterruptedException {
        assumeTrue(LocalGuest.run("id", "-u").equals("0"), "SKIPPED: only root can mount a folder read-only");
        readOnly = host.resolve(name);
        hostDoes("mount --bind '" + name + "' '" + name + "'; mount -o remount,ro,bind '" + name + "'");
    }

    void makeWritable() throws IOException, InterruptedException {
        LocalGuest.run("umount", readOnly.toString());
        readOnly = null;
    }

    void copyOut(String source, Path target) throws IOException, InterruptedException {
        new GuestCopy(guest, "root").toHost(source, target, policy, warning -> {});
    }

    void bothSidesAreEqual() throws IOException, InterruptedException {
        String here = LocalGuest.run("sh", "-c", "cd \"$1\"; " + DESCRIBE, "sh", host.toString());
        assertThat(guestDoes(DESCRIBE)).isEqualTo(here);
        assertThat(times(guestDoes(TIMES)))
                .usingElementComparator((guest, host) -> Math.abs(guest - host) <= SECONDS_APART ? 0 : 1)
                .isEqualTo(times(LocalGuest.run("sh", "-c", "cd \"$1\"; " + TIMES, "sh", host.toString())));
    }

    private static List<Long> times(String listing) {
        return Pattern.compile("^(\\d+) \\./", Pattern.MULTILINE)
                .matcher(listing)
                .results()
                .map(found -> Long.valueOf(found.group(1)))
                .toList();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException, InterruptedException {
        if (readOnly != null) {
            makeWritable();
        }
        if (guest != null) {
            guest.close();
        }
        FileTree.delete(temp);
    }
}
