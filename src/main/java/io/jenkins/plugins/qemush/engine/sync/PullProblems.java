package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.image.IoReason;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of a guest's changes did not come back, or not as it was, entry by entry: nothing else suffers from it. Some of it is
 * as it should be and worth a warning; where the host failed, so does the pull, once all else is done.
 */
final class PullProblems {

    /** Of each kind: a log is no place for a whole root file system. */
    private static final int NAMED = 10;

    /** What is worth a warning. */
    enum Warning {
        LINK(
                "Left in the guest, because it points out of the folder: ",
                "To bring such links back as they are: --sync-links keep (in Jenkins syncLinks: 'keep')."),
        SPECIAL(
                "Left in the guest, because it is neither a file, a folder nor a link: ",
                "A tar that is made in the guest keeps devices and named pipes."),
        SET_ID(
                "Came back without the setuid or setgid bit: ",
                "To bring such files back as they are: --sync-setid keep (in Jenkins syncSetid: 'keep')."),
        GIT(
                "Left in the guest, because git on the host would run what they say: ",
                "To bring hooks and configuration of git back: --sync-git keep (in Jenkins syncGit: 'keep')."),
        FOLDER("The permissions and the time stay as they were of another user's folder: ", "What is in it came back."),

        CONFLICT(
                "Changed in the guest and here as well, meanwhile; what was here is replaced: ",
                "To keep what is here, and fail: --on-conflict fail (in Jenkins onConflict: 'fail')."),
        KEPT("Deleted in the guest, but changed here meanwhile, and kept: ", "Delete it here if it is not needed.");

        private final String what;
        private final String choice;

        Warning(String what, String choice) {
            this.what = what;
            this.choice = choice;
        }
    }

    private final Path folder;
    private final Map<String, String> told;
    private final Map<Warning, List<String>> warnings = new EnumMap<>(Warning.class);
    private final Map<String, HostFailure> failures = new LinkedHashMap<>();
    private final Set<String> failed = new HashSet<>();

    /**
     * @param folder on the host
     * @param told what was warned of before, by the entry's name; kept up to date, so that it is told once
     */
    PullProblems(Path folder, Map<String, String> told) {
        this.folder = folder;
        this.told = told;
    }

    /**
     * @param name of the entry
     * @param detail put behind its name; may be empty
     */
    void warn(Warning kind, String name, String detail) {
        boolean isNews = kind == Warning.CONFLICT || kind == Warning.KEPT;
        if (isNews || !(kind + detail).equals(told.put(name, kind + detail))) {
            warnings.computeIfAbsent(kind, none -> new ArrayList<>())
                    .add(detail.isEmpty() ? RawName.forHumans(name) : RawName.forHumans(name) + ' ' + detail);
        }
    }

    /**
     * The host could not do to the entry what the guest had done. What lies in a folder that failed is not told as well.
     *
     * @throws ClosedByInterruptException the reason, if it is one
     */
    void fail(String name, IOException reason) throws ClosedByInterruptException {
        if (reason instanceof ClosedByInterruptException interrupt) {
            throw interrupt;
        }
        failed.add(name);
        for (String folder = name; !folder.isEmpty(); folder = RawName.parent(folder)) {
            if (failures.containsKey(folder)) {
                return;
            }
        }
        failures.put(name, reason instanceof HostFailure known ? known : unwritable(name, reason));
    }

    private HostFailure unwritable(String name, IOException reason) {
        String why = reason instanceof QemuShException ? reason.getMessage() : IoReason.of(reason) + ".";
        return new HostFailure(
                RawName.forHumans(name) + " cannot be written or removed in " + folder + ": " + why,
                "Give " + System.getProperty("user.name")
                        + " the right to write there, free space if the disk is full, or leave it out: --sync-exclude.",
                reason);
    }

    boolean hasFailed(String name) {
        return failed.contains(name);
    }

    /** Whether the folder failed, or something in it. */
    boolean hasFailedAt(String folder) {
        return failed.stream().anyMatch(name -> (name + '/').startsWith(folder + '/'));
    }

    /** What is to be tried again. */
    Set<String> failed() {
        return failed;
    }

    /** One line for each kind of warning. */
    List<String> warnings() {
        return warnings.entrySet().stream()
                .map(entry -> entry.getKey().what + first(entry.getValue(), ", ") + ". " + entry.getKey().choice)
                .toList();
    }

    /** What fails the pull, if anything does. */
    Optional<HostFailure> failure() {
        if (failures.isEmpty()) {
            return Optional.empty();
        }
        List<String> causes =
                failures.values().stream().map(HostFailure::getMessage).toList();
        Set<String> steps =
                failures.values().stream().map(HostFailure::help).collect(Collectors.toCollection(LinkedHashSet::new));
        HostFailure origin = failures.values().iterator().next();
        return Optional.of(new HostFailure(
                first(causes, " ") + " All else that the guest changed is here.", String.join(" ", steps), origin));
    }

    private static String first(List<String> all, String separator) {
        String named = String.join(separator, all.subList(0, Math.min(NAMED, all.size())));
        return all.size() > NAMED ? named + separator + "and " + (all.size() - NAMED) + " more" : named;
    }
}
