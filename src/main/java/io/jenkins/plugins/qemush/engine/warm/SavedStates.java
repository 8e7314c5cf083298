package io.jenkins.plugins.qemush.engine.warm;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.jenkins.plugins.qemush.engine.image.QemuShHome;
import io.jenkins.plugins.qemush.engine.image.store.FileTree;
import io.jenkins.plugins.qemush.engine.image.store.NameLock;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The saved states of one user:
 *
 * <pre>
 * warm/states/FINGERPRINT/   one state, see {@link StateFolder}; renamed to this name when it is whole
 * warm/states/.new-…/        one that is being made, or what a killed maker left
 * warm/notes/                what was learnt, see {@link Notes}
 * warm/maker.lock            held by who makes a state
 * </pre>
 *
 * Reading needs no lock: a state that goes away while a machine is about to be restored from it is one that cannot be
 * restored, and the machine is booted.
 */
public final class SavedStates {
    private static final String FRESH = ".new-";

    private final Path root;
    private final StateLimits limits;
    private final Gson gson = new Gson();

    /** @param root need not exist */
    public SavedStates(Path root, StateLimits limits) {
        this.root = root.toAbsolutePath();
        this.limits = limits;
    }

    /** Those of this process' user, below {@link QemuShHome}. */
    public static SavedStates ofUser() {
        return in(System.getenv());
    }

    /** Those that a process with this environment finds. */
    public static SavedStates in(Map<String, String> environment) {
        return new SavedStates(QemuShHome.in(environment).resolve("warm"), StateLimits.DEFAULT);
    }

    public Path root() {
        return root;
    }

    /** What was learnt while states were made. */
    public Notes notes() {
        return new Notes(root.resolve("notes"));
    }

    /** The state for this fingerprint. One that is damaged is removed on the way. */
    public Optional<SavedState> find(Fingerprint fingerprint) throws IOException {
        Optional<SavedState> state = read(new StateFolder(states().resolve(fingerprint.digest())));
        if (state.isPresent() && !state.get().isWhole()) {
            discard(state.get());
            return Optional.empty();
        }
        if (state.isPresent()) {
            state.get().touch();
        }
        return state;
    }

    private Optional<SavedState> read(StateFolder folder) throws IOException {
        try {
            StateManifest manifest = gson.fromJson(Files.readString(folder.manifest()), StateManifest.class);
            String name = String.valueOf(folder.path().getFileName());
            if (manifest != null && name.equals(manifest.fingerprint()) && manifest.way() != null) {
                return Optional.of(new SavedState(folder, manifest));
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonParseException e) {
            System.getLogger(SavedStates.class.getName()).log(System.Logger.Level.DEBUG, "damaged", e);
        }
        // It came here by a rename, whole: somebody has damaged it, or an earlier version has made it.
        FileTree.delete(folder.path());
        return Optional.empty();
    }

    /** Takes the right to make a state, if nobody has it. */
    public Optional<NameLock> tryLock() throws IOException {
        PrivateFiles.makeFolder(root);
        return NameLock.tryTake(root.resolve("maker.lock"));
    }

    /** A private folder for a state to be made; what dead makers left goes. The caller holds the lock. */
    public StateFolder begin() throws IOException {
        PrivateFiles.makeFolder(root);
        PrivateFiles.makeFolder(states());
        for (Path leftover : folders(FRESH + "*")) {
            FileTree.delete(leftover);
        }
        Path fresh = states().resolve(FRESH + UUID.randomUUID());
        return new StateFolder(Files.createDirectory(fresh, PrivateFiles.folder()));
    }

    /**
     * Notes what a state's files are, which is final from now on, so that machines can be restored from it. Nobody but the
     * caller finds it yet.
     */
    public SavedState seal(StateFolder folder, StateManifest described) throws IOException {
        Map<String, SavedFile> saved = new HashMap<>();
        for (Path file : folder.content()) {
            if (Files.exists(file)) {
                PrivateFiles.close(file);
                saved.put(String.valueOf(file.getFileName()), SavedFile.of(file));
            }
        }
        StateManifest manifest = described.with(saved);
        Files.writeString(folder.manifest(), gson.toJson(manifest) + "\n");
        PrivateFiles.close(folder.manifest());
        return new SavedState(folder, manifest);
    }

    /** Lets everybody find a state, and removes those that are too many. The caller holds the lock. */
    public SavedState publish(SavedState sealed) throws IOException {
        sealed.noteVerified();
        sealed.touch();
        Path target = states().resolve(sealed.manifest().fingerprint());
        FileTree.delete(target);
        Files.move(sealed.files().path(), target, StandardCopyOption.ATOMIC_MOVE);
        evict();
        return new SavedState(new StateFolder(target), sealed.manifest());
    }

    /** The newest stays, even if it is too large. */
    private void evict() throws IOException {
        int count = 0;
        long bytes = 0;
        for (SavedState state : list()) {
            count++;
            bytes += state.manifest().bytes();
            if (count > 1 && (count > limits.count() || bytes > limits.bytes())) {
                discard(state);
            }
        }
    }

    /** All states, the most recently used first. */
    public List<SavedState> list() throws IOException {
        List<SavedState> states = new ArrayList<>();
        Map<SavedState, Instant> used = new HashMap<>();
        for (Path folder : folders("[0-9a-f]*")) {
            Optional<SavedState> state = read(new StateFolder(folder));
            if (state.isPresent()) {
                states.add(state.get());
                used.put(state.get(), state.get().lastUse());
            }
        }
        states.sort(Comparator.comparing(used::get).reversed());
        return states;
    }

    /** Removes a state. Machines that were restored from it go on: they have its files open. */
    public void discard(SavedState state) throws IOException {
        FileTree.delete(state.files().path());
    }

    /** Removes the states of an image that is removed. Those of another one of that name are made again. */
    public void discardOf(String image) throws IOException {
        for (SavedState state : list()) {
            if (state.manifest().image().equals(image)) {
                discard(state);
            }
        }
    }

    /** Removes what could not be finished. */
    public void abandon(StateFolder folder) throws IOException {
        FileTree.delete(folder.path());
    }

    private Path states() {
        return root.resolve("states");
    }

    private List<Path> folders(String glob) throws IOException {
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(states())) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(states(), glob)) {
                entries.forEach(folders::add);
            }
        }
        return folders;
    }
}
