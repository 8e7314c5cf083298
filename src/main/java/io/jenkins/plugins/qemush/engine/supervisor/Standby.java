package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.admission.ProcessIdentity;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * Whether a machine stands by, as its supervisor knows: made before anybody wants it, and taken once.
 *
 * <p>The file {@code standby} of its run directory says so to others, and who keeps it; it goes when the machine is taken.
 * Until then the machine ends with its keeper, or when somebody waits for memory; later, with whoever took it for as long as
 * that lives.
 */
public final class Standby {
    private final RunDirectory directory;
    private final HostBudgetCheck budget;
    private Optional<ProcessIdentity> owner;
    private boolean free;

    /** Whether somebody waits for memory. */
    @FunctionalInterface
    interface HostBudgetCheck {
        boolean isShort() throws IOException, InterruptedException;
    }

    private Standby(RunDirectory directory, Optional<ProcessIdentity> owner, HostBudgetCheck budget) {
        this.directory = directory;
        this.owner = owner;
        this.free = owner.isPresent();
        this.budget = budget;
    }

    /** As the run directory says; most machines were asked for. */
    public static Standby of(RunDirectory directory) throws IOException {
        return of(directory, () -> HostBudget.ofUser().isShort());
    }

    public static Standby of(RunDirectory directory, HostBudgetCheck budget) throws IOException {
        Optional<ProcessIdentity> keeper = Files.exists(directory.standby())
                ? Optional.of(EngineJson.read(directory.standby(), ProcessIdentity.class))
                : Optional.empty();
        return new Standby(directory, keeper, budget);
    }

    /** Whether nobody keeps that machine any more. */
    public static boolean isLeft(RunDirectory directory) throws IOException {
        try {
            return !EngineJson.read(directory.standby(), ProcessIdentity.class).isAlive();
        } catch (NoSuchFileException e) {
            // Somebody has taken it.
            return false;
        }
    }

    /** Makes a run directory one of a machine that will stand by for as long as this process lives. */
    public static void mark(RunDirectory directory) throws IOException {
        EngineJson.write(directory.standby(), ProcessIdentity.ofThisProcess());
    }

    /**
     * Gives the machine away, once.
     *
     * @param taker the machine ends when this process does; empty: when somebody ends it
     */
    public synchronized boolean take(Optional<ProcessIdentity> taker) throws IOException {
        if (!free) {
            return false;
        }
        free = false;
        owner = taker;
        Files.deleteIfExists(directory.standby());
        return true;
    }

    public synchronized boolean isFree() {
        return free;
    }

    /** Whether the machine has nobody to stand by for, or to work for. */
    public boolean isOver() throws IOException, InterruptedException {
        return isOrphaned() || isFree() && budget.isShort();
    }

    private synchronized boolean isOrphaned() {
        return owner.isPresent() && !owner.get().isAlive();
    }
}
