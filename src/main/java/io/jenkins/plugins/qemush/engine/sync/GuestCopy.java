package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestShell;
import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Copies a file or a folder once, in either direction, as {@code cp -r} would. */
public final class GuestCopy {
    private static final String COPY = "copy";
    private static final int MOST_UNSIZED = 256 << 20;
    private static final String STATE = "/var/lib/qemu-sh/";

    private final GuestShell shell;
    private final String user;

    /** @param user whose files they become in the guest, and whose home relative paths in the guest start from */
    public GuestCopy(GuestShell shell, String user) {
        this.shell = shell;
        this.user = user;
    }

    /**
     * Copies into the guest.
     *
     * @param source a file or a folder of the host
     * @param target a folder to copy into, or the new name
     */
    public void toGuest(Path source, String target) throws IOException, InterruptedException {
        Path real = source.toRealPath();
        String name = RawName.of(PathParts.name(source.toAbsolutePath().normalize()));
        boolean folder = Files.isDirectory(real);
        HostSnapshot snapshot = folder ? HostSnapshot.take(real, Excludes.NONE) : alone(real, name);
        Path base = folder ? real : PathParts.folder(real);
        Collection<String> names = folder ? snapshot.names() : List.of(name);
        GuestCommand script = GuestScripts.COPY_IN.with(target, name, folder ? "folder" : "file");
        GuestCommand command = new GuestCommand(script.arguments(), user, Map.of(), Optional.empty());
        new GuestDialog(shell).hold(COPY + " " + source, command, (fromGuest, toGuest) -> {
            WholeSeconds times = WholeSeconds.of(snapshot, names);
            new HostTar(base, snapshot, GuestOwner.named(user), times).write(names, toGuest);
            toGuest.close();
            return fromGuest.readAllBytes();
        });
    }

    private static HostSnapshot alone(Path file, String name) throws IOException {
        HostSnapshot snapshot = HostSnapshot.empty();
        snapshot.put(name, HostEntry.of(file));
        return snapshot;
    }

    /**
     * Copies out of the guest.
     *
     * @param source a file or a folder of the guest
     * @param target a folder to copy into, or the new name
     * @param policy what becomes of setuid bits, and of links that lead outside
     * @param warn hears, in a line for each kind, what stayed there
     * @throws HostFailure when the host could not take something; all else is copied
     */
    public void toHost(String source, Path target, SyncPolicy policy, Consumer<String> warn)
            throws IOException, InterruptedException {
        String name = source.replaceFirst("/+$", "").replaceFirst(".*/", "");
        Path place = Files.isDirectory(target) ? target.resolve(name) : target;
        String state = STATE + UUID.randomUUID();
        GuestCommand command = GuestScripts.COPY_OUT.with(state, source, user);
        Optional<String> folder = new GuestDialog(shell).hold(COPY + " " + source, command, (fromGuest, toGuest) -> {
            toGuest.close();
            return receive(fromGuest, source, place.toAbsolutePath());
        });
        if (folder.isPresent()) {
            receiveFolder(folder.get(), state, place, policy, warn);
        }
    }

    /** Takes a file; of a folder only its path in the guest. */
    private static Optional<String> receive(InputStream fromGuest, String source, Path place) throws IOException {
        String[] answer = line(fromGuest).split(" ", 2);
        switch (answer[0]) {
            case "folder" -> {
                return Optional.of(answer[1]);
            }
            case "file" -> {
                writeFile(fromGuest, answer[1].split(" "), place);
                return Optional.empty();
            }
            case "none" ->
                throw new HostFailure(
                        "There is no file or folder " + source + " in the guest.",
                        "Look with: qemu-sh exec NAME -- ls");
            default -> throw new GuestFailure("The guest answers nonsense: " + String.join(" ", answer), "");
        }
    }

    private static byte[] unsized(InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(MOST_UNSIZED + 1);
        if (bytes.length > MOST_UNSIZED) {
            throw new HostFailure(
                    "The guest does not tell the file's size, and it has more than " + MOST_UNSIZED + " bytes.",
                    "Copy the folder around it, or use an image that has stat.");
        }
        return bytes;
    }

    private static void writeFile(InputStream content, String[] facts, Path place) throws IOException {
        try {
            int mode = Integer.parseInt(facts[0], 8) & 0777;
            long told = Long.parseLong(facts[1]);
            // A file of /proc has a content that its size says nothing of.
            byte[] unsized = told == 0 ? unsized(content) : new byte[0];
            long size = told == 0 ? unsized.length : told;
            FileTime modified = FileTime.from(Long.parseLong(facts[2]), TimeUnit.SECONDS);
            new HostFolder(PathParts.folder(place), HostFolder.Guard.NONE)
                    .writeFile(
                            RawName.of(PathParts.name(place)),
                            told == 0 ? new ByteArrayInputStream(unsized) : content,
                            size,
                            mode,
                            modified);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new GuestFailure("The guest answers nonsense: " + String.join(" ", facts), "", e);
        }
    }

    private void receiveFolder(String source, String state, Path place, SyncPolicy policy, Consumer<String> warn)
            throws IOException, InterruptedException {
        Files.createDirectories(place);
        WorkspaceSpec spec =
                new WorkspaceSpec(place, source, GuestOwner.named(user), Excludes.NONE, SyncMode.TAR, Long.MAX_VALUE);
        GuestPlace from = GuestPlace.asItIs(state, source);
        PullProblems problems = new PullProblems(place, new HashMap<>());
        GuestClock clock = new GuestClock(GuestClock.hostNow());
        new Pull(spec, from, Agreed.onNothing(), clock, policy, problems).run(new GuestDialog(shell));
        problems.warnings().forEach(warn);
        Optional<HostFailure> failure = problems.failure();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
