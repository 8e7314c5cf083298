package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestShell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * A workspace on its way into a guest. {@link #prepare} does the host's part and needs no guest: call it while the
 * machine boots. {@link #enter} does the rest as soon as the guest answers.
 */
public final class PreparedWorkspace {

    private static final String STATE = "/var/lib/qemu-sh/";
    private static final int LONGEST_ANSWER = 64 << 10;

    private final WorkspaceSpec spec;
    private final Agreed agreed;
    /** Only for the disk way. */
    private final Optional<DiskImage> image;

    private final String note;

    private record DiskImage(WorkspaceDiskPort port, long bytes) {}

    private PreparedWorkspace(WorkspaceSpec spec, Agreed agreed, Optional<DiskImage> image, String note) {
        this.spec = spec;
        this.agreed = agreed;
        this.image = image;
        this.note = note;
    }

    /**
     * @param disk the machine's empty disk; without it, tar
     * @throws HostFailure when the mode is {@link SyncMode#DISK} and the disk cannot be made
     */
    public static PreparedWorkspace prepare(WorkspaceSpec spec, Optional<WorkspaceDiskPort> disk)
            throws IOException, InterruptedException {
        if (spec.mode() == SyncMode.TAR || spec.mode() == SyncMode.NONE) {
            return byTar(spec, "");
        }
        if (disk.isEmpty()) {
            return insteadOfDisk(spec, new HostFailure("The machine has no free disk for the folder.", "Use tar."));
        }
        try {
            return withImage(spec, disk.get());
        } catch (HostFailure e) {
            return insteadOfDisk(spec, e);
        }
    }

    private static PreparedWorkspace withImage(WorkspaceSpec spec, WorkspaceDiskPort port)
            throws IOException, InterruptedException {
        // The snapshot comes first: what changes while the image is written differs from it and travels later.
        HostSnapshot known = HostSnapshot.take(spec.host(), spec.excludes());
        if (spec.mode() == SyncMode.AUTO
                && !spec.excludes().isEmpty()
                && !known.files().isEmpty()) {
            // A squashfs without what is excluded is made of a tar, and the overlay would make several files of one.
            return byTar(spec, "not by disk: files have several names, and others are excluded");
        }
        // A mksquashfs that fails removes the file that QEMU is about to open.
        Readable.demand(spec.host(), known);
        WholeSeconds times = WholeSeconds.of(known, known.names());
        long bytes = SquashfsImage.write(spec, known, times, port.file());
        return new PreparedWorkspace(spec, new Agreed(known, times), Optional.of(new DiskImage(port, bytes)), "");
    }

    private static PreparedWorkspace insteadOfDisk(WorkspaceSpec spec, HostFailure reason) throws HostFailure {
        if (spec.mode() == SyncMode.DISK) {
            throw reason;
        }
        return byTar(spec, "not by disk: " + reason.getMessage());
    }

    private static PreparedWorkspace byTar(WorkspaceSpec spec, String note) {
        return new PreparedWorkspace(spec, Agreed.onNothing(), Optional.empty(), note);
    }

    /**
     * Makes the workspace appear in the guest.
     *
     * @throws GuestFailure when the guest cannot take it; with {@link SyncMode#DISK} also when it cannot mount the disk
     */
    public GuestWorkspace enter(GuestShell shell) throws IOException, InterruptedException {
        return enter(shell, true);
    }

    /** @param mayMakeAnew whether the guest may say that its user has another number: once, as the disk is written anew then */
    private GuestWorkspace enter(GuestShell shell, boolean mayMakeAnew) throws IOException, InterruptedException {
        return image.isPresent() ? enterByDisk(shell, image.get(), mayMakeAnew) : enterByTar(shell);
    }

    private GuestWorkspace enterByDisk(GuestShell shell, DiskImage disk, boolean mayMakeAnew)
            throws IOException, InterruptedException {
        disk.port().resized(disk.bytes());
        GuestPlace place = place(SyncMode.DISK);
        String[] answer =
                ask(shell, place, GuestScripts.ENTER_DISK, disk.port().serial(), String.valueOf(disk.bytes()));
        if (answer[0].equals("owner") && !mayMakeAnew) {
            throw new GuestFailure("The guest says each time that its user has another number: " + answer[1], "");
        }
        return switch (answer[0]) {
            case "entered" -> {
                // In a squashfs that was made of a tar, the overlay does not see two names as one file.
                boolean together =
                        answer[1].contains("together") && spec.excludes().isEmpty();
                GuestPlace entered = place.withNamesTogether(together);
                yield new GuestFiles(spec, shell, entered, agreed, note);
            }
            case "owner" ->
                withImage(spec.ownedBy(owner(answer[1])), disk.port()).enter(shell, false);
            case "cannot" ->
                insteadOfDisk(spec, new HostFailure(answer[1] + ".", "Use tar, or another image."))
                        .enter(shell);
            default -> throw new GuestFailure("The guest answers nonsense: " + String.join(" ", answer), "");
        };
    }

    private GuestWorkspace enterByTar(GuestShell shell) throws IOException, InterruptedException {
        GuestPlace place = place(SyncMode.TAR);
        String[] answer = ask(shell, place, GuestScripts.ENTER_EMPTY);
        WorkspaceSpec owned = spec.ownedBy(owner(answer[1]));
        if (spec.mode() == SyncMode.NONE) {
            return new UnsharedWorkspace();
        }
        GuestFiles files = new GuestFiles(owned, shell, place, agreed, note);
        files.push();
        return files;
    }

    private GuestPlace place(SyncMode way) {
        return new GuestPlace(way, STATE + UUID.randomUUID(), spec.guestDirectory());
    }

    /** @return the answer's first word and the rest of the line */
    private String[] ask(GuestShell shell, GuestPlace place, GuestScripts script, String... more)
            throws IOException, InterruptedException {
        GuestOwner owner = spec.owner();
        HostEntry folder = HostEntry.of(spec.host());
        String[] parameters = {
            place.state(),
            place.tree(),
            owner.user(),
            String.valueOf(owner.uid()),
            String.valueOf(owner.gid()),
            Integer.toOctalString(folder.mode())
        };
        String[] all = Arrays.copyOf(parameters, parameters.length + more.length);
        System.arraycopy(more, 0, all, parameters.length, more.length);
        GuestCommand command = script.with(all);
        String line = new GuestDialog(shell).hold("open the workspace", command, (fromGuest, toGuest) -> {
            toGuest.close();
            // More than that is no answer; what is left unread is dropped.
            return new String(fromGuest.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
        });
        return (line.strip() + " ").split(" ", 2);
    }

    private GuestOwner owner(String numbers) throws GuestFailure {
        String[] parts = numbers.strip().split(" ");
        try {
            return new GuestOwner(spec.owner().user(), Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new GuestFailure("The guest answers nonsense for its user's number: " + numbers, "", e);
        }
    }
}
