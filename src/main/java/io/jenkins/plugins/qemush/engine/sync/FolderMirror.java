package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestShell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a folder of the host has, the guest has too, at the same path; nothing comes back. What is gone on the host goes in the
 * guest. For files that are there for a step or two, as those of credentials. Not safe for use by several threads.
 */
public final class FolderMirror {
    private final GuestShell shell;
    private final String user;
    private final Path folder;
    private final Excludes excludes;
    private HostSnapshot sent = HostSnapshot.empty();
    private HostSnapshot now = sent;

    /**
     * @param user whose files they are in the guest
     * @param folder absolute; need not be there
     * @param excludes what the guest does not get, and what is its own
     */
    public FolderMirror(GuestShell shell, String user, Path folder, Excludes excludes) {
        this.shell = shell;
        this.user = user;
        this.folder = folder;
        this.excludes = excludes;
    }

    /**
     * Looks whether the guest lacks something, or has something that is gone. Asks the host alone.
     *
     * @throws HostFailure when the folder cannot be read
     */
    public boolean isStale() throws IOException {
        now = Files.isDirectory(folder) ? HostSnapshot.take(folder, excludes) : HostSnapshot.empty();
        return !sent.changesTo(now).isEmpty();
    }

    /**
     * Takes what {@link #isStale} has seen to the guest. The folder must be there in the guest.
     *
     * @throws GuestFailure when the guest cannot take it
     */
    public void push() throws IOException, InterruptedException {
        HostChanges changes = sent.changesTo(now);
        TreeSet<String> names = new TreeSet<>(changes.changed());
        names.addAll(changes.modes());
        List<String> parameters = new ArrayList<>(List.of(folder.toString(), names.isEmpty() ? "" : "files"));
        changes.deleted().forEach(name -> parameters.add(text(name)));
        GuestCommand script = GuestScripts.MIRROR.with(parameters.toArray(String[]::new));
        GuestCommand command = new GuestCommand(script.arguments(), user, Map.of(), Optional.empty());
        HostSnapshot snapshot = now;
        new GuestDialog(shell).hold("take the files of " + folder, command, (fromGuest, toGuest) -> {
            if (!names.isEmpty()) {
                WholeSeconds times = WholeSeconds.of(snapshot, names);
                new HostTar(folder, snapshot, GuestOwner.named(user), times).write(names, toGuest);
            }
            toGuest.close();
            return fromGuest.readAllBytes();
        });
        sent = snapshot;
    }

    /** Names are bytes here; a command is UTF-8. */
    private static String text(String name) {
        return new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
